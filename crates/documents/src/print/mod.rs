//! temp
/// x
pub struct Spooler;
