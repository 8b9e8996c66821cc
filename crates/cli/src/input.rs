//! Reading standard input with a limit: what is too large is read past, not kept.

use std::io::{self, BufRead, Read};

use crate::answer::MOST_BYTES;

/// A piece of input.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// What was read.
    Text(Vec<u8>),
    /// More than is kept.
    TooLarge,
}

/// All of the input.
pub(crate) fn whole(input: impl Read) -> io::Result<Piece> {
    let limit = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    let mut text = Vec::new();
    input.take(limit.saturating_add(1)).read_to_end(&mut text)?;
    Ok(if text.len() > MOST_BYTES {
        Piece::TooLarge
    } else {
        Piece::Text(text)
    })
}

/// The next line, without its end; nothing at the end of the input.
pub(crate) fn line(input: &mut impl BufRead) -> io::Result<Option<Piece>> {
    let (mut text, mut is_too_large, mut is_any) = (Vec::new(), false, false);
    loop {
        let ready = input.fill_buf()?;
        if ready.is_empty() {
            break;
        }
        is_any = true;
        let end = ready.iter().position(|byte| *byte == b'\n');
        let (part, _rest) = ready.split_at(end.unwrap_or(ready.len()));
        if text.len() + part.len() > MOST_BYTES {
            (text, is_too_large) = (Vec::new(), true);
        }
        if !is_too_large {
            text.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(match (is_any, is_too_large) {
        (false, _) => None,
        (true, true) => Some(Piece::TooLarge),
        (true, false) => Some(Piece::Text(text)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<Piece> {
        let mut input = io::BufReader::with_capacity(4096, text);
        std::iter::from_fn(|| line(&mut input).unwrap()).collect()
    }

    #[test]
    fn a_line_that_is_too_long_is_read_past_and_the_next_is_whole() {
        let mut text = vec![b'x'; MOST_BYTES + 1];
        text.extend_from_slice(b"\n{}\n");
        assert_eq!(lines(&text), [Piece::TooLarge, Piece::Text(b"{}".to_vec())]);
    }

    #[test]
    fn a_line_of_just_the_limit_is_kept_and_the_last_needs_no_end() {
        let text = [vec![b'x'; MOST_BYTES], b"\n\nend".to_vec()].concat();
        let found = lines(&text);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0], Piece::Text(vec![b'x'; MOST_BYTES]));
        assert_eq!(
            found[1..],
            [Piece::Text(Vec::new()), Piece::Text(b"end".to_vec())]
        );
    }

    #[test]
    fn a_whole_input_stops_at_the_limit() {
        assert_eq!(whole(io::repeat(b'x')).unwrap(), Piece::TooLarge);
        assert_eq!(whole(&b"{}"[..]).unwrap(), Piece::Text(b"{}".to_vec()));
    }
}
