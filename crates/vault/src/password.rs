//! What a password must be, and how it becomes bytes.
//!
//! A password is folded to NFKC before anything else: on a shared computer somebody has often left
//! the input method in full-width mode, and `ｐａｓｓ１` must open what `pass1` closed. (The
//! profile of RFC 8265 keeps full-width letters; it was not made for such keyboards.) NFKC of
//! assigned characters never changes between versions of Unicode. Nothing is trimmed and case
//! counts.

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;
use zxcvbn::feedback::{Feedback, Warning};

const FEWEST_CHARACTERS: usize = 8;
const MOST_CHARACTERS: usize = 128;
const LEAST_SCORE: u8 = 3;

/// How good a password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Strength {
    /// 0 (guessed at once) to 4 (safe), by zxcvbn.
    pub score: u8,
    /// Whether it may be used.
    pub ok: bool,
    /// What to tell the person, where there is something to tell.
    pub problem: Option<PasswordProblem>,
}

/// What is wrong with a password, as a code. The words for it are made at the edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordProblem {
    /// Fewer than eight characters.
    TooShort,
    /// More than 128 characters.
    TooLong,
    /// A control character, which no keyboard types on purpose.
    ControlCharacter,
    /// One that everybody uses, or close to it.
    Common,
    /// A single word.
    SingleWord,
    /// A name: the person's, the community's or a common one.
    Name,
    /// Neighbouring keys.
    Keyboard,
    /// The same again and again.
    Repeat,
    /// `abc`, `6543`.
    Sequence,
    /// A date or a year.
    Date,
    /// Too easy for no particular reason.
    Guessable,
}

/// Rates a password. `inputs` are what anybody would try first: name, its pinyin, community.
pub fn rate(password: &str, inputs: &[impl AsRef<str>]) -> Strength {
    let folded = fold(password);
    let length = folded.chars().count();
    if length > MOST_CHARACTERS {
        return Strength::refused(0, PasswordProblem::TooLong);
    }
    if folded.chars().any(char::is_control) {
        return Strength::refused(0, PasswordProblem::ControlCharacter);
    }
    let inputs: Vec<Zeroizing<String>> = inputs.iter().map(|input| fold(input.as_ref())).collect();
    let inputs: Vec<&str> = inputs.iter().map(|input| input.as_str()).collect();
    let estimate = zxcvbn::zxcvbn(&folded, &inputs);
    let score = u8::from(estimate.score());
    if length < FEWEST_CHARACTERS {
        return Strength::refused(score, PasswordProblem::TooShort);
    }
    if score >= LEAST_SCORE {
        return Strength {
            score,
            ok: true,
            problem: None,
        };
    }
    let warning = estimate.feedback().and_then(Feedback::warning);
    let problem = warning.map_or_else(
        || {
            if holds_one_of(&folded, &inputs) {
                PasswordProblem::Name
            } else {
                PasswordProblem::Guessable
            }
        },
        problem_of,
    );
    Strength::refused(score, problem)
}

/// The form in which a password is stretched.
pub(crate) fn fold(password: &str) -> Zeroizing<String> {
    // Room for all of it, so that no half-grown copy stays behind in memory.
    let mut folded = Zeroizing::new(String::with_capacity(password.len().saturating_mul(4)));
    folded.extend(password.nfkc());
    folded
}

impl Strength {
    fn refused(score: u8, problem: PasswordProblem) -> Self {
        Self {
            score,
            ok: false,
            problem: Some(problem),
        }
    }
}

fn holds_one_of(password: &str, inputs: &[&str]) -> bool {
    let password = password.to_lowercase();
    inputs
        .iter()
        .any(|input| !input.is_empty() && password.contains(&input.to_lowercase()))
}

fn problem_of(warning: Warning) -> PasswordProblem {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess
        | Warning::ShortKeyboardPatternsAreEasyToGuess => PasswordProblem::Keyboard,
        Warning::RepeatsLikeAaaAreEasyToGuess
        | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => PasswordProblem::Repeat,
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => PasswordProblem::Common,
        Warning::SequencesLikeAbcAreEasyToGuess => PasswordProblem::Sequence,
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => {
            PasswordProblem::Date
        }
        Warning::AWordByItselfIsEasyToGuess => PasswordProblem::SingleWord,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => PasswordProblem::Name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_WORDS: &[&str] = &[];

    #[test]
    fn a_bad_password_is_refused_with_its_reason() {
        use PasswordProblem as P;
        for (password, problem) in [
            ("k9#vQ", P::TooShort),
            ("password", P::Common),
            ("aaaaaaaaaa", P::Repeat),
            ("abcdefghijk", P::Sequence),
            ("19840612", P::Date),
            ("zhangwei", P::Name),
            ("good\u{7}morning-horse", P::ControlCharacter),
        ] {
            let found = rate(password, &["zhangwei", "xinghua"]);
            assert!(!found.ok, "{password}");
            assert_eq!(found.problem, Some(problem), "{password}");
        }
        let long = "wL7 ".repeat(33);
        assert_eq!(rate(&long, NO_WORDS).problem, Some(P::TooLong));
    }

    #[test]
    fn a_long_uncommon_password_is_good() {
        for password in ["tulip-Kettle-41-harbor", "杏花春雨小桥流水人家"] {
            let found = rate(password, &["zhangwei", "xinghua"]);
            assert!(found.ok, "{password}: {found:?}");
        }
    }

    #[test]
    fn a_password_made_of_name_and_community_is_refused_though_it_is_long() {
        assert!(!rate("zhangweixinghua", &["zhangwei", "xinghua"]).ok);
        assert!(
            rate("zhangweixinghua", NO_WORDS).score
                >= rate("zhangweixinghua", &["zhangwei", "xinghua"]).score
        );
    }

    #[test]
    fn full_width_typing_is_the_same_password_and_case_is_not() {
        assert_eq!(*fold("Ｐａｓｓ１２３！"), *fold("Pass123!"));
        assert_ne!(*fold("Pass123!"), *fold("pass123!"));
    }
}
