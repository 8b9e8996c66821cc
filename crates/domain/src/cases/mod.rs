//! 办件: the catalogue, the workflow, its clocks and its papers.

mod apply;
pub mod banned;
pub mod case;
pub mod catalogue;
pub mod clock;
pub mod codes;
pub mod due;
pub mod enquiry;
pub mod event;
mod history;
pub mod item;
pub mod light;
pub mod number;
pub mod outline;
pub mod paper;
pub mod party;
pub mod rules;
mod said;
pub mod transition;
