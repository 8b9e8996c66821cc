//! The seventeen papers of a case and the letters that stand for them in their numbers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::office::bilingual::Bilingual;

macro_rules! papers {
    ($($code:ident $zh:literal $en:literal)*) => {
        /// The papers of a case (文书), by the code in their number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
        pub enum PaperCode {
            $(#[doc = $zh] $code,)*
        }

        impl PaperCode {
            /// All of them, in the order of a case.
            pub const ALL: [Self; 17] = [$(Self::$code,)*];

            /// The two letters in the paper's number.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$code => stringify!($code),)*
                }
            }

            /// The paper's title.
            pub fn title(self) -> Bilingual {
                match self {
                    $(Self::$code => Bilingual::new($zh, $en),)*
                }
            }
        }
    };
}

papers! {
    SJ "收件回执" "Receipt"
    SL "受理通知书" "Acceptance notice"
    DS "代收回执" "Collection receipt"
    BZ "一次性补正告知书" "Supplement notice"
    ZG "部门补正转告单" "Department's supplement, passed on"
    BY "不予受理通知书" "Refusal notice"
    RC "容缺受理承诺书" "Deferral promise"
    RT "容缺受理通知书" "Deferred acceptance notice"
    ZB "转办单" "Forwarding slip"
    TX "特别程序告知书" "Pause notice"
    YQ "延期告知书" "Extension notice"
    BJ "办结通知书" "Completion notice"
    SD "送达回证" "Proof of delivery"
    CH "撤回申请书" "Withdrawal"
    TJ "退件(终止)通知书" "Return notice"
    WT "授权委托书" "Power of attorney"
    YD "引导告知单" "Referral slip"
}
