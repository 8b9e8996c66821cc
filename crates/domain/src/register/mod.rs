//! The register (人房): people, households, their numbers, names and places.

pub mod address;
pub mod care;
mod check;
pub mod credit_code;
pub mod folding;
pub mod identity;
pub mod import;
pub mod mask;
pub mod name;
pub mod person;
pub mod phone;
pub mod reading;
mod region;
