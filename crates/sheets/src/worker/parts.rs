//! The parts of a workbook, measured before anything understands them: how many, how large when
//! unpacked, how deep, and whether they declare entities.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
};

use yichuang_sheets::{Limits, Trouble};
use zip::ZipArchive;

use crate::out::too_large;

/// Parts smaller than this may be packed as tightly as they like.
const SMALL_BYTES: u64 = 1024 * 1024;

/// Measures every part; the file stands at its start again.
pub(crate) fn measure(file: &mut File) -> Result<(), Trouble> {
    let copy = file.try_clone().map_err(|_error| Trouble::Damaged)?;
    let mut archive = ZipArchive::new(copy).map_err(|_error| Trouble::Damaged)?;
    if archive.len() > Limits::PARTS {
        return Err(too_large("parts", Limits::PARTS as u64));
    }
    let is_workbook = archive.by_name("[Content_Types].xml").is_ok();
    if !is_workbook {
        return Err(Trouble::NotASpreadsheet);
    }
    for index in 0..archive.len() {
        measure_part(&mut archive, index)?;
    }
    file.seek(SeekFrom::Start(0))
        .map_err(|_error| Trouble::Damaged)?;
    Ok(())
}

fn measure_part(archive: &mut ZipArchive<File>, index: usize) -> Result<(), Trouble> {
    let part = archive.by_index(index).map_err(|_error| Trouble::Damaged)?;
    if part.encrypted() {
        return Err(Trouble::Encrypted);
    }
    check_size(part.size(), part.compressed_size())?;
    let name = part
        .name()
        .map_err(|_error| Trouble::Damaged)?
        .to_lowercase();
    let is_xml = [".xml", ".rels", ".vml"]
        .iter()
        .any(|end| name.ends_with(end));
    let packed = part.compressed_size();
    // What a part says of its own size may be a lie: what comes out is counted.
    let mut counted = Counted {
        inner: part,
        bytes: 0,
    };
    let mut depth = Depth::default();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = counted
            .read(&mut buffer)
            .map_err(|_error| Trouble::Damaged)?;
        let Some(chunk) = buffer.get(..read).filter(|chunk| !chunk.is_empty()) else {
            return Ok(());
        };
        check_size(counted.bytes, packed)?;
        if is_xml {
            depth.read(chunk)?;
        }
    }
}

fn check_size(bytes: u64, packed: u64) -> Result<(), Trouble> {
    if bytes > Limits::PART_BYTES {
        return Err(too_large("part_bytes", Limits::PART_BYTES));
    }
    if bytes > SMALL_BYTES && bytes / packed.max(1) > Limits::RATIO {
        return Err(too_large("ratio", Limits::RATIO));
    }
    Ok(())
}

struct Counted<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

/// How deep elements stand in one another, told from angle brackets alone.
#[derive(Default)]
struct Depth {
    now: usize,
    last: u8,
    before_last: u8,
}

impl Depth {
    fn read(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        for &byte in bytes {
            match (self.last, byte) {
                (b'<', b'/') | (b'/', b'>') => self.now = self.now.saturating_sub(1),
                (b'<', b'?' | b'!') => {}
                (b'<', _) => self.now += 1,
                // <!D… and <!E… declare; comments and CDATA do not.
                (b'!', b'D' | b'E') if self.before_last == b'<' => return Err(Trouble::Entities),
                _ => {}
            }
            if self.now > Limits::DEPTH {
                return Err(too_large("depth", Limits::DEPTH as u64));
            }
            (self.before_last, self.last) = (self.last, byte);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_over_the_edges_of_chunks() {
        let mut depth = Depth::default();
        for piece in ["<?xml?", "><a><", "b/><!-- ", "--><c>x<", "/c></", "a>"] {
            depth.read(piece.as_bytes()).unwrap();
        }
        assert_eq!(depth.now, 0);
        let deep = "<a>".repeat(Limits::DEPTH + 1);
        assert!(Depth::default().read(deep.as_bytes()).is_err());
    }

    #[test]
    fn declared_entities_are_refused() {
        let declared = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aa\">]><x/>";
        assert_eq!(
            Depth::default().read(declared.as_bytes()),
            Err(Trouble::Entities)
        );
    }
}
