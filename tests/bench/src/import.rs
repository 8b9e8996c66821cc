//! Many rows at once: a thousand a block, against a thousand a transaction.

use std::time::Instant;

use yichuang_domain::register::person::Person;

use crate::{
    Depth,
    commit::{commit, database, founded, insert},
    machine::{cpu_ms, peak_mib},
    people::{Dice, person},
    report::Report,
    stats::ms,
};

const ROWS_A_BLOCK: usize = 1_000;

pub(crate) fn measure(depth: Depth, report: &mut Report) {
    let rows = depth.pick(10_000, 100_000);
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice::new(2);
    let people: Vec<Person> = (0..rows).map(|one| person(one, &mut dice)).collect();
    let (mut store, clerk) = founded(&folder.path().join("ours"));
    let mut sqlite = database(&folder.path().join("rival.db"));
    let (mut ours, mut rival) = (0.0, 0.0);
    let (mut ours_cpu, mut rival_cpu) = (0.0, 0.0);
    for block in people.chunks(ROWS_A_BLOCK) {
        let (began, cpu) = (Instant::now(), cpu_ms());
        commit(&mut store, clerk, block);
        ours += began.elapsed().as_secs_f64();
        ours_cpu += cpu_ms() - cpu;
        let (began, cpu) = (Instant::now(), cpu_ms());
        let transaction = sqlite.transaction().unwrap();
        for one in block {
            insert(&transaction, one);
        }
        transaction.commit().unwrap();
        rival += began.elapsed().as_secs_f64();
        rival_cpu += cpu_ms() - cpu;
    }
    let a_second = |seconds: f64| f64::from(rows) / seconds;
    report.row(
        &format!("import of {rows} rows, a signed commit each"),
        &format!(
            "{:.0} rows/s, processor {}, peak {} MiB",
            a_second(ours),
            ms(ours_cpu),
            peak_mib()
        ),
        &format!(
            "{:.0} rows/s ({:.2} ×), processor {}",
            a_second(rival),
            rival / ours,
            ms(rival_cpu)
        ),
        "≥ 1.5 × SQLite, ≤ 400 MiB",
    );
}
