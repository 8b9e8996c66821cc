//! Cases from the desk: items, the counter, the steps, the case page, the lists.

pub(crate) mod actions;
pub(crate) mod ask;
pub(crate) mod counter;
pub(crate) mod intake;
pub(crate) mod list;
pub(crate) mod look;
pub(crate) mod steps;
pub(crate) mod view;
