//! 设置: who works here, and the working-day calendar.

pub mod bilingual;
pub mod calendar;
pub mod code_tables;
pub mod required;
pub mod staff;
