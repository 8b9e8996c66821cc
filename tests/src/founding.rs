//! A community of one clerk, as small as it can be.

use yichuang_domain::office::staff::Role;
use yichuang_store::{Founding, KdfParams, NewStaff};

/// The clerk's password.
pub const PASSWORD: &str = "plum-river-47-lantern";

/// 新茂社区 with 王丽 alone.
pub fn founding() -> Founding {
    Founding {
        community: "新茂社区".to_owned(),
        staff: vec![NewStaff {
            name: "王丽".to_owned(),
            role: Role::Clerk,
            corner: None,
            password: PASSWORD.to_owned(),
        }],
        station: 'A',
        time: 1_795_000_000_000,
        kdf: KdfParams::cheap_for_tests(),
    }
}
