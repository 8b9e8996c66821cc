//! Mistakes planted around the machines, to prove that the oracle can fail.

/// A mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bug {
    /// The desk writes its cursor before the frames, apart from them.
    CursorKeptApart,
    /// The hub answers before what it took is on disk.
    AcknowledgedBeforeStored,
    /// The desk drops the verdicts of its own commits.
    OwnVerdictsDropped,
    /// The hub gives its last number again after a restart.
    NumberUsedTwice,
    /// The desk folds in the order of arrival.
    FoldedAsItArrived,
    /// A commit says the desk had seen what its screen had not shown.
    SeenOfTheDesk,
    /// The desk judges again, with the roles it knows by then.
    JudgedTwice,
}

impl Bug {
    pub(crate) const ALL: [Self; 7] = [
        Self::CursorKeptApart,
        Self::AcknowledgedBeforeStored,
        Self::OwnVerdictsDropped,
        Self::NumberUsedTwice,
        Self::FoldedAsItArrived,
        Self::SeenOfTheDesk,
        Self::JudgedTwice,
    ];
}
