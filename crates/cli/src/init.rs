//! `init`: founds a community. It asks nothing when the password is in the environment; everybody gets
//! it as the first one.

use serde_json::{Value, json};

use crate::{answer::Outcome, arguments::Founding, password::password, terminal::Terminal};

pub(crate) fn init(terminal: &Terminal, founding: &Founding) -> Outcome {
    let made = terminal.desk().and_then(|desk| {
        let password = password(&founding.community, terminal.language())?;
        let clerks: Vec<Value> = founding
            .clerks
            .iter()
            .map(|name| json!({ "name": name, "password": password }))
            .collect();
        let input = json!({
            "community": founding.community,
            "clerks": clerks,
            "supervisor": { "name": founding.supervisor, "password": password },
        });
        Ok(terminal.ask(&desk, "found", input))
    });
    made.unwrap_or_else(|refused| refused).into()
}
