//! Others' tools, to read and scan what we made: `pdftotext` (poppler-utils), `zbarimg` (zbar-tools).

use std::{
    io::Write,
    process::{Command, Stdio},
};

fn run(program: &str, arguments: &[&str], input: &[u8]) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}; install poppler-utils and zbar-tools"));
    child.stdin.take().unwrap().write_all(input).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// The text of a PDF, in the order it was laid out: tables row by row.
pub fn text(pdf: &[u8]) -> String {
    run("pdftotext", &["-raw", "-", "-"], pdf)
}

/// The words of a PDF with their left and right edges, in points.
pub fn words(pdf: &[u8]) -> Vec<(String, f64, f64)> {
    let edge = |line: &str, name: &str| -> Option<f64> {
        line.split_once(&format!("{name}=\""))?
            .1
            .split_once('"')?
            .0
            .parse()
            .ok()
    };
    run("pdftotext", &["-bbox", "-", "-"], pdf)
        .lines()
        .filter(|line| line.trim_start().starts_with("<word"))
        .map(|line| {
            (
                line.to_owned(),
                edge(line, "xMin").unwrap(),
                edge(line, "xMax").unwrap(),
            )
        })
        .collect()
}

/// The codes on a picture, as `QR-Code:…` and `CODE-128:…`.
pub fn scan(png: &[u8]) -> Vec<String> {
    run("zbarimg", &["--quiet", "-"], png)
        .lines()
        .map(str::to_owned)
        .collect()
}

/// A decoded picture.
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub grey: Vec<u8>,
}

/// Decodes a grey PNG.
pub fn picture(file: &[u8]) -> Picture {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .unwrap();
    let mut grey = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut grey).unwrap();
    assert_eq!(info.color_type, png::ColorType::Grayscale);
    Picture {
        width: info.width,
        height: info.height,
        grey,
    }
}
