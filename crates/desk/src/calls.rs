//! The list of all calls. A new one is one line here.

use crate::{
    call::{CallEntry, check, command, deed, query},
    cases::{ask, counter, list, look, steps},
    checks, office, papers, register, sync, window,
};

/// What a resident's screen may ask.
pub(crate) const PUBLIC: &[&str] = &[];

/// Every call.
pub(crate) fn all() -> Vec<CallEntry> {
    vec![
        // Checks: no record, no password.
        check::<checks::CheckId>(),
        check::<checks::CheckCreditCode>(),
        check::<checks::CheckPhone>(),
        check::<checks::ParseAddress>(),
        check::<checks::CountWorkingDays>(),
        check::<checks::DueDate>(),
        check::<checks::CheckPassword>(),
        check::<ask::Items>(),
        check::<ask::FindItems>(),
        check::<ask::Item>(),
        check::<ask::Transitions>(),
        check::<office::calendar::CalendarYears>(),
        // Who is here.
        deed::<office::session::Status>(),
        deed::<office::session::Found>(),
        deed::<office::session::Unlock>(),
        deed::<office::session::Lock>(),
        deed::<office::rescue::RescuePassword>(),
        deed::<office::session::Shade>(),
        deed::<office::session::Unshade>(),
        deed::<office::password::ChangePassword>(),
        deed::<office::session::SetPin>(),
        deed::<office::session::SetFacing>(),
        deed::<office::session::ConfirmDay>(),
        deed::<office::preferences::ReadPreferences>(),
        deed::<office::preferences::SavePreferences>(),
        deed::<office::backup::calls::BackupState>(),
        deed::<office::backup::calls::SetBackupFolder>(),
        deed::<office::backup::calls::BackUp>(),
        deed::<office::backup::calls::PutOffBackup>(),
        deed::<office::backup::restore::RestoreBackup>(),
        CallEntry {
            commits: true,
            ..deed::<office::backup::sheet::NewRecoverySheet>()
        },
        deed::<office::backup::sheet::PrintRecoverySheet>(),
        command::<office::duty::SetDuty>(),
        query::<office::verify::Verify>(),
        query::<sync::conflicts::Conflicts>(),
        deed::<sync::state::SyncState>(),
        // The register.
        query::<register::search::Search>(),
        query::<register::resident::Resident>(),
        query::<register::compare::CompareIdentity>(),
        query::<register::doubt::KnownDoor>(),
        command::<register::write::RegisterResident>(),
        command::<register::write::UpdateResident>(),
        command::<register::reveal::Reveal>(),
        query::<register::care::CareGroups>(),
        command::<register::care::AddCareTag>(),
        command::<register::care::EndCareTag>(),
        command::<register::care::OpenRestricted>(),
        // Spreadsheets in and lists out. Deeds where they work block by block; those make commits.
        deed::<register::import::ImportPreview>(),
        query::<register::import::ImportRows>(),
        CallEntry {
            commits: true,
            ..deed::<register::import::RunImport>()
        },
        CallEntry {
            commits: true,
            ..deed::<register::import::CancelImport>()
        },
        CallEntry {
            commits: true,
            ..deed::<register::import::UndoImport>()
        },
        query::<register::import::Imports>(),
        command::<register::import::SaveRefusedRows>(),
        query::<register::list::ListRegister>(),
        command::<register::list::ExportList>(),
        // The window.
        query::<window::home::Home>(),
        query::<counter::Counter>(),
        command::<counter::TakeIn>(),
        command::<window::enquiry::RecordEnquiry>(),
        query::<window::enquiry::EnquiryOf>(),
        deed::<window::drafts::SaveDraft>(),
        deed::<window::drafts::OpenDraft>(),
        deed::<window::drafts::Drafts>(),
        deed::<window::drafts::DiscardDraft>(),
        // Cases.
        query::<look::Case>(),
        query::<list::Cases>(),
        command::<counter::ReceiveCase>(),
        command::<steps::AcceptCase>(),
        command::<steps::AcceptDeferredCase>(),
        command::<steps::RequestSupplement>(),
        command::<steps::SupplyMaterials>(),
        command::<steps::LapseCase>(),
        command::<steps::RefuseCase>(),
        command::<steps::WithdrawCase>(),
        command::<steps::ForwardCase>(),
        command::<steps::SendBackCase>(),
        command::<steps::DepartmentSupplementCase>(),
        command::<steps::DepartmentRefuseCase>(),
        command::<steps::DepartmentAcceptCase>(),
        command::<steps::PauseCase>(),
        command::<steps::ResumeCase>(),
        command::<steps::ExtendCase>(),
        command::<steps::DecideCase>(),
        command::<steps::TerminateCase>(),
        command::<steps::DeliverCase>(),
        command::<steps::ArchiveCase>(),
        command::<steps::DoAtOnceCase>(),
        command::<steps::DeemCase>(),
        command::<steps::CorrectCase>(),
        command::<steps::VoidCase>(),
        command::<steps::Undo>(),
        // Papers.
        query::<papers::preview::PreviewPaper>(),
        query::<papers::draft::PreviewPromise>(),
        query::<papers::draft::PreviewNotice>(),
        // Deeds, because paper is out before the commit; but they make one.
        CallEntry {
            commits: true,
            ..deed::<papers::print::PrintPaper>()
        },
        CallEntry {
            commits: true,
            ..deed::<papers::draft::PrintPromise>()
        },
        command::<papers::save::SavePaper>(),
        query::<papers::print::PrintState>(),
        command::<papers::record::ProveCase>(),
        command::<office::day_end::DayEndSheet>(),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_call_has_a_name_of_its_own() {
        let names: Vec<_> = all().iter().map(|call| call.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }

    #[test]
    fn the_bindings_name_every_call() {
        let bindings = crate::bindings();
        for call in all() {
            assert!(
                bindings.contains(&format!("  {}: {{ input: ", call.name)),
                "{}",
                call.name
            );
        }
    }
}
