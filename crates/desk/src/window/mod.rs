//! The window: the desk home, half-typed forms, questions without a case.

pub(crate) mod drafts;
pub(crate) mod enquiry;
pub(crate) mod home;
pub(crate) mod view;
