//! Bytes as hexadecimal digits, where a record carries them.

pub(crate) use yichuang_vault::from_hex;
pub use yichuang_vault::to_hex as hex;

/// So many bytes from twice as many digits.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    from_hex(text)?.try_into().ok()
}
