//! Bytes as lower-case hex, in `vault.toml`, in names and in records. For `#[serde(with = "hex")]`.

use std::fmt::Write;

use serde::{Deserialize, Deserializer, Serializer, de};

/// Lower-case hexadecimal digits of bytes.
pub fn encode(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}

/// Bytes from hexadecimal digits of any case; nothing for half a byte or another character.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text
        .chars()
        .map(|c| c.to_digit(16))
        .collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| u8::try_from(high * 16 + low).ok())
        .collect()
}

pub(crate) fn serialize<S: Serializer>(
    bytes: &impl AsRef<[u8]>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&encode(bytes.as_ref()))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: TryFrom<Vec<u8>>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    let bytes = decode(&text).ok_or_else(|| de::Error::custom("not hex"))?;
    T::try_from(bytes).map_err(|_bytes| de::Error::custom("not that many bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_from_their_hex() {
        assert_eq!(encode(&[0, 0x0f, 0xff]), "000fff");
        assert_eq!(decode("000fff"), Some(vec![0, 0x0f, 0xff]));
        assert_eq!(decode("000ff"), None);
        for wrong in ["0", "0g", "zz", "字字"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
