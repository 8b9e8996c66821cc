//! What the hub's own commands answer when they do not do what was asked. Nothing personal stands in it.

use serde_json::{Value, json};
use yichuang_store::StoreError;

/// Why not.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HubError {
    /// The command line is not understood.
    #[error("the command line is not understood: {problem}")]
    Usage {
        /// What is wrong.
        problem: String,
    },
    /// There is no hub in this folder.
    #[error("there is no hub in this folder")]
    NoHub,
    /// There is one already.
    #[error("there is a hub in this folder already")]
    AlreadyThere,
    /// Another program works on it.
    #[error("another program works on this folder")]
    InUse,
    /// The file is no stick of a desk of this hub.
    #[error("this file is no stick of a desk of this hub")]
    NoStick,
    /// The histories parted: what is missing goes over the line only.
    #[error("the histories parted; let the desk sync over the line")]
    NeedsLine,
    /// The store broke.
    #[error(transparent)]
    Store(StoreError),
    /// The disk or the network refused.
    #[error("{0}")]
    System(#[from] std::io::Error),
    /// TLS cannot be made.
    #[error("TLS: {0}")]
    Tls(String),
}

impl From<StoreError> for HubError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFounded => Self::NoHub,
            StoreError::AlreadyFounded => Self::AlreadyThere,
            StoreError::InUse => Self::InUse,
            other => Self::Store(other),
        }
    }
}

impl HubError {
    /// The exit code: 2 refused, 1 failed.
    pub(crate) const fn code(&self) -> u8 {
        match self {
            Self::Usage { .. }
            | Self::NoHub
            | Self::AlreadyThere
            | Self::InUse
            | Self::NoStick
            | Self::NeedsLine => 2,
            Self::Store(_) | Self::System(_) | Self::Tls(_) => 1,
        }
    }

    pub(crate) fn answer(&self) -> Value {
        let (reason, text) = match self {
            Self::Usage { .. } => (
                "usage",
                "命令行看不懂，什么都没有做。请运行 yichuang-hub --help 查看用法。",
            ),
            Self::NoHub => (
                "no_hub",
                "这个文件夹里没有总库。请先运行 yichuang-hub init --data 文件夹。",
            ),
            Self::AlreadyThere => (
                "already_there",
                "这个文件夹里已经有总库，没有改动。请换一个文件夹，或直接运行 serve。",
            ),
            Self::InUse => ("in_use", "总库正在运行，文件夹被占用。数据都在，没有改动。"),
            Self::NoStick => (
                "no_stick",
                "这个文件不是本总库的机器导出的，或已损坏，什么都没有收下。请核对文件，或请对方重新导出。",
            ),
            Self::NeedsLine => (
                "needs_line",
                "总库与这台机器的记录在某处分开了，U 盘接不上，什么都没有丢。请让这台机器连网同步一次。",
            ),
            Self::Store(_) | Self::System(_) | Self::Tls(_) => (
                "failed",
                "出了故障。已收下的记录都在。请再试一次；还不行，请告知技术人员。",
            ),
        };
        if self.code() == 2 {
            json!({ "status": "refused", "refusal": { "reason": reason, "text": text, "cause": self.to_string() } })
        } else {
            json!({ "status": "failed", "failure": { "part": "hub", "text": text, "cause": self.to_string() } })
        }
    }
}
