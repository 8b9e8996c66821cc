//! Every paper, from its data to the page: what stands on it can be read, searched and scanned.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod sample;

use yichuang_documents::{FontFolders, Press};

#[test]
fn every_kind_of_paper_becomes_a_pdf() {
    let press = Press::new(FontFolders::of_system());
    for paper in sample::one_of_each() {
        let pdf = press.render(&paper).unwrap_or_else(|error| panic!("{paper:?}: {error}"));
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(folder.join(format!("{}.pdf", paper.number)), pdf.bytes()).unwrap();
        assert!(pdf.pages() >= usize::from(paper.copies), "{paper:?}");
    }
}
