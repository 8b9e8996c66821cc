//! Commands and queries are values. One list of all calls serves the window, a local browser, the
//! terminal and the tests: dispatch by name, bindings and `yichuang calls` all come from it.

use std::{
    any::TypeId,
    collections::{BTreeMap, BTreeSet},
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use ts_rs::{Config, TS, TypeVisitor};
use yichuang_domain::{
    office::staff::Action,
    record::{Change, Seen},
    refusal::Refusal,
};

use crate::{
    answer::Stop,
    inner::Inner,
    see::{Trace, View},
    world::World,
};

/// A check that needs no record and no password.
pub(crate) trait Check: DeserializeOwned + TS + 'static {
    /// Its name.
    const NAME: &'static str;
    /// What it is for, in one line.
    const ABOUT: &'static str;
    /// What it answers.
    type Output: Serialize + TS + 'static;
    /// The answer.
    ///
    /// # Errors
    ///
    /// The rules' "no".
    fn check(&self, world: &World) -> Result<Self::Output, Stop>;
}

/// A look at the records.
pub(crate) trait Query: DeserializeOwned + TS + 'static {
    /// Its name.
    const NAME: &'static str;
    /// What it is for, in one line.
    const ABOUT: &'static str;
    /// What the asker must be permitted to do.
    const ACTION: Action;
    /// What it answers.
    type Output: Serialize + TS + 'static;
    /// The answer.
    ///
    /// # Errors
    ///
    /// The rules' "no", or what broke.
    fn answer(&self, view: &View<'_>) -> Result<Self::Output, Stop>;
    /// What must be on record before it is answered, for a look that leaves a trace.
    ///
    /// # Errors
    ///
    /// What broke.
    fn traces(&self, _view: &View<'_>) -> Result<Vec<Trace>, Stop> {
        Ok(Vec::new())
    }
}

/// A change of the records: it becomes one commit.
pub(crate) trait Command: DeserializeOwned + TS + 'static {
    /// Its name.
    const NAME: &'static str;
    /// What it is for, in one line.
    const ABOUT: &'static str;
    /// What the actor must be permitted to do.
    const ACTION: Action;
    /// Whether it begins something new: it then waits while the disk is nearly full.
    const BEGINS: bool = false;
    /// What it answers.
    type Output: Serialize + TS + 'static;
    /// Loads what the rule needs, and asks the rule.
    ///
    /// # Errors
    ///
    /// The rules' "no", or what broke.
    fn decide(&self, view: &View<'_>) -> Result<Draft<Self::Output>, Stop>;
}

/// A change of this desk that is no commit: who is here, what is shown, what is half-typed.
pub(crate) trait Deed: DeserializeOwned + TS + 'static {
    /// Its name.
    const NAME: &'static str;
    /// What it is for, in one line.
    const ABOUT: &'static str;
    /// Whether somebody must have unlocked the desk.
    const NEEDS_PERSON: bool;
    /// What it answers.
    type Output: Serialize + TS + 'static;
    /// Does it.
    ///
    /// # Errors
    ///
    /// The rules' "no", or what broke.
    fn perform(self, desk: &mut Inner) -> Result<Self::Output, Stop>;
}

/// How an answer is made once the commit is on disk.
pub(crate) type Then<T> = Box<dyn FnOnce(&View<'_>) -> Result<T, Stop>>;

/// What a command decided.
pub(crate) struct Draft<T> {
    /// The changes.
    pub changes: Vec<Change>,
    /// The answer, made from the view after the commit.
    pub then: Then<T>,
}

/// Which window asks: a resident's screen may ask little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowKind {
    /// The clerk's own window, browser or terminal.
    Clerk,
    /// The resident's screen.
    Public,
}

/// What a call needs before it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Needs {
    /// Nothing.
    Nothing,
    /// This desk, perhaps locked.
    Desk,
    /// Somebody who unlocked the desk.
    Person,
}

/// One call of the list.
pub(crate) struct CallEntry {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// What it needs.
    pub needs: Needs,
    /// Whether it makes a commit.
    pub commits: bool,
    pub(crate) input: fn(&Config) -> String,
    pub(crate) output: fn(&Config) -> String,
    pub(crate) types: fn(&mut Types<'_>),
    pub(crate) run: Run,
}

pub(crate) enum Run {
    Check(fn(&World, Value) -> Result<Value, Stop>),
    Desk(fn(&mut Inner, Value) -> Result<Value, Stop>),
}

pub(crate) fn check<C: Check>() -> CallEntry {
    CallEntry {
        name: C::NAME,
        about: C::ABOUT,
        needs: Needs::Nothing,
        commits: false,
        input: C::inline,
        output: C::Output::name,
        types: |types| types.add::<C, C::Output>(),
        run: Run::Check(|world, input| encode(&read::<C>(input)?.check(world)?)),
    }
}

pub(crate) fn query<Q: Query>() -> CallEntry {
    CallEntry {
        name: Q::NAME,
        about: Q::ABOUT,
        needs: Needs::Person,
        commits: false,
        input: Q::inline,
        output: Q::Output::name,
        types: |types| types.add::<Q, Q::Output>(),
        run: Run::Desk(|desk, input| {
            let query = read::<Q>(input)?;
            let traces = query.traces(&desk.view(Q::ACTION)?)?;
            desk.leave(Q::NAME, traces)?;
            encode(&query.answer(&desk.view(Q::ACTION)?)?)
        }),
    }
}

pub(crate) fn command<C: Command>() -> CallEntry {
    CallEntry {
        name: C::NAME,
        about: C::ABOUT,
        needs: Needs::Person,
        commits: true,
        input: C::inline,
        output: C::Output::name,
        types: |types| types.add::<C, C::Output>(),
        run: Run::Desk(|desk, input| {
            let seen = seen_in(&input);
            let command = read::<C>(input)?;
            if C::BEGINS {
                desk.require_room()?;
            }
            let draft = command.decide(&desk.view(C::ACTION)?)?;
            desk.commit_on(C::NAME, draft.changes, seen)?;
            encode(&(draft.then)(&desk.view(C::ACTION)?)?)
        }),
    }
}

pub(crate) fn deed<D: Deed>() -> CallEntry {
    CallEntry {
        name: D::NAME,
        about: D::ABOUT,
        needs: if D::NEEDS_PERSON {
            Needs::Person
        } else {
            Needs::Desk
        },
        commits: false,
        input: D::inline,
        output: D::Output::name,
        types: |types| types.add::<D, D::Output>(),
        run: Run::Desk(|desk, input| {
            let deed = read::<D>(input)?;
            if D::NEEDS_PERSON {
                desk.require_person()?;
            }
            encode(&deed.perform(desk)?)
        }),
    }
}

fn read<T: DeserializeOwned>(input: Value) -> Result<T, Stop> {
    let input = if input.is_null() { json!({}) } else { input };
    serde_path_to_error::deserialize(input).map_err(|error| {
        let problem = error.inner().to_string();
        let named = problem
            .strip_prefix("missing field `")
            .or_else(|| problem.strip_prefix("duplicate field `"));
        let named = named
            .and_then(|rest| rest.split('`').next())
            .map(str::to_owned);
        let field = named.or_else(|| place(error.path()));
        let problem = without_values(&problem);
        Stop::Refused(Refusal::BadInput { problem }, field)
    })
}

/// Where in the input it went wrong: `brought[1].material`.
fn place(path: &serde_path_to_error::Path) -> Option<String> {
    let place = path.to_string();
    (place != ".").then(|| place.chars().take(80).collect())
}

/// An input error without the value it quotes: that may be personal, the names of fields are not.
fn without_values(problem: &str) -> String {
    const SHAPES: [&str; 7] = [
        "string", "integer", "floating", "boolean", "null", "map", "sequence",
    ];
    let quotes_a_value = ["invalid ", "unknown "]
        .iter()
        .any(|start| problem.starts_with(start));
    // What the program expects stands last and is its own; before it stands what was sent.
    let clean = match problem.rsplit_once(", expected ") {
        Some((sent, expected)) if quotes_a_value => {
            let sent = sent.split(' ').nth(2).unwrap_or_default();
            let shape = SHAPES.into_iter().find(|shape| *shape == sent);
            let found = shape.unwrap_or("something else");
            format!("expected {expected}, found {found}")
        }
        None if quotes_a_value => "of another form".to_owned(),
        Some(_) | None => problem.to_owned(),
    };
    clean.chars().take(200).collect()
}

/// What the screen had shown, where the input says so.
fn seen_in(input: &Value) -> Option<Seen> {
    Seen::deserialize(input.get("seen")?).ok()
}

fn encode<T: Serialize>(value: &T) -> Result<Value, Stop> {
    Ok(serde_json::to_value(value)?)
}

/// Declarations of all types a list of calls uses, each once.
pub(crate) struct Types<'a> {
    config: &'a Config,
    declared: BTreeMap<String, (TypeId, String)>,
    /// Names that two types have: one of them would be lost.
    pub(crate) clashes: BTreeSet<String>,
}

impl<'a> Types<'a> {
    pub(crate) fn new(config: &'a Config) -> Self {
        Self {
            config,
            declared: BTreeMap::new(),
            clashes: BTreeSet::new(),
        }
    }

    fn add<I: TS + 'static, O: TS + 'static>(&mut self) {
        I::visit_dependencies(self);
        self.visit::<O>();
    }

    pub(crate) fn declarations(self) -> Vec<String> {
        self.declared
            .into_values()
            .map(|(_id, declared)| declared)
            .collect()
    }
}

impl TypeVisitor for Types<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() {
            T::visit_dependencies(self);
            T::visit_generics(self);
            return;
        }
        let name = T::ident(self.config);
        let id = TypeId::of::<T::WithoutGenerics>();
        if let Some((known, _declared)) = self.declared.get(&name) {
            if *known != id {
                self.clashes.insert(name);
            }
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let declared = format!("{docs}export {}", T::decl(self.config));
        self.declared.insert(name, (id, declared));
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_error_names_the_field_and_the_form_and_never_the_value() {
        for (problem, said) in [
            ("missing field `number`", "missing field `number`"),
            (
                "invalid type: integer `320583198103079911`, expected a string",
                "expected a string, found integer",
            ),
            (
                r#"invalid type: string "a\"3205\", expected x", expected u32"#,
                "expected u32, found string",
            ),
            (
                "unknown variant `张三`, expected one of `accept`, `refuse`",
                "expected one of `accept`, `refuse`, found something else",
            ),
            ("invalid length 5", "of another form"),
            (
                "an id is 32 hexadecimal digits",
                "an id is 32 hexadecimal digits",
            ),
        ] {
            assert_eq!(without_values(problem), said);
        }
    }

    #[test]
    fn no_two_types_of_the_seam_have_one_name() {
        let config = crate::bindings::config();
        let mut types = Types::new(&config);
        for call in crate::calls::all() {
            (call.types)(&mut types);
        }
        assert_eq!(types.clashes, BTreeSet::new());
    }
}
