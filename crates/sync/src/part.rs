//! Where two histories part: each side shows a few marks of its log, and the greatest one both have is
//! where they still agree.

use crate::log::{Hash, Mark};

/// Marks of a log up to `number`: near its end every one, then ever fewer, and the beginning.
pub fn marks_before(number: u64, digest_at: impl Fn(u64) -> Option<Hash>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut back = 0;
    loop {
        let at = number.saturating_sub(back);
        marks.extend(digest_at(at).map(|digest| Mark { number: at, digest }));
        if at == 0 {
            return marks;
        }
        back = if back == 0 { 1 } else { back.saturating_mul(2) };
    }
}

/// The greatest of these marks that this log has too; the beginning is common to all.
pub fn common_mark(marks: &[Mark], digest_at: impl Fn(u64) -> Option<Hash>) -> Mark {
    marks
        .iter()
        .filter(|mark| digest_at(mark.number) == Some(mark.digest))
        .max_by_key(|mark| mark.number)
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(parted_at: u64) -> impl Fn(u64) -> Option<Hash> {
        move |number| match number {
            0 => Some([0; 32]),
            _ if number > 100 => None,
            _ => Some([if number > parted_at { 2 } else { 1 }; 32]),
        }
    }

    #[test]
    fn what_is_found_is_common_and_not_far_from_the_last_that_is() {
        for parted_at in 0..100 {
            let marks = marks_before(100, log(200));
            assert!(marks.len() < 10);
            let common = common_mark(&marks, log(parted_at));
            assert!(common.number <= parted_at);
            assert!(100 - common.number <= 2 * (100 - parted_at), "{parted_at}");
        }
    }
}
