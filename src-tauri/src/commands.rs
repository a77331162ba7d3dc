//! Every command of the window, in one list: what is callable, and what the pages are told of it.

use crate::shell::Shell;
use tauri::Wry;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

/// The commands with their types.
pub(crate) fn builder() -> Builder<Wry> {
    Builder::<Wry>::new().error_handling(ErrorHandlingMode::Throw).commands(collect_commands![
        crate::session::about,
        crate::session::session,
        crate::session::recent,
        crate::session::plans,
        crate::session::home_folder,
        crate::session::create_drill,
        crate::session::open_event,
        crate::session::open_packet,
        crate::session::offered_packet,
        crate::session::open_demo,
        crate::session::close_event,
        crate::session::sign_in,
        crate::session::set_clock,
        crate::session::continue_copy,
        crate::session::stop_work,
        crate::session::leave_window,
        crate::menu::say_menu,
        crate::operators::who_signs_in,
        crate::operators::leave_door,
        crate::operators::sign_in_with_pin,
        crate::operators::lock_screen,
        crate::operators::second_person,
        crate::operators::create_protected_event,
        crate::operators::protect_event,
        crate::operators::operators,
        crate::operators::name_operator,
        crate::operators::withdraw_operator,
        crate::operators::give_pin,
        crate::operators::change_pin,
        crate::operators::renew_words,
        crate::operators::tell_recovery,
        crate::operators::recover,
        crate::overview::overview,
        crate::overview::clock_notices,
        crate::overview::glance,
        crate::roster::roster_files,
        crate::roster::look_at_roster,
        crate::roster::import_roster,
        crate::roster::save_marked_roster,
        crate::roster::people,
        crate::roster::find_people,
        crate::roster::withdraw,
        crate::roster::uncover,
        crate::roster::import_exclusions,
        crate::roster::findings,
        crate::roster::rule_suspect,
        crate::roster::below_minimum,
        crate::roster::accept_below,
        crate::roster::roster_state,
        crate::roster::close_roster,
        crate::roster::reopen_roster,
        crate::roster::withdrawn,
        crate::roster::reinstate,
        crate::seating::import_rooms,
        crate::seating::rooms,
        crate::seating::draw,
        crate::seating::draw_seats,
        crate::seating::verify_seats,
        crate::seating::room_picture,
        crate::seating::swap_seats,
        crate::seating::pin_seat,
        crate::seating::beside_draw,
        crate::seating::set_needs,
        crate::seating::seat_late,
        crate::seating::redraw_room,
        crate::seating::publish_draw,
        crate::packet::posts,
        crate::packet::issue_packets,
        crate::packet::save_slips,
        crate::packet::board,
        crate::packet::merge_handover,
        crate::packet::conflicts,
        crate::packet::write_receipt,
        crate::packet::sticks,
        crate::packet::hand_over,
        crate::packet::read_receipt,
        crate::packet::take_over,
        crate::packet::settle_conflict,
        crate::keys::key_places,
        crate::keys::new_words,
        crate::keys::save_key,
        crate::keys::save_words_slip,
        crate::keys::take_out_escrow,
        crate::backups::backup_places,
        crate::backups::set_backup_folder,
        crate::packet::inspect_packet,
        crate::room::room_counts,
        crate::room::door,
        crate::room::check_in,
        crate::room::undo_check_in,
        crate::room::fix_absence,
        crate::room::undo_absence,
        crate::room::clauses,
        crate::room::incidents,
        crate::room::report_incident,
        crate::room::rule_incident,
        crate::room::room_record,
        crate::room::check_record,
        crate::room::record_room,
        crate::room::sign_off,
        crate::marks::mark_sheet,
        crate::marks::key_mark,
        crate::marks::import_marks,
        crate::marks::mark_differences,
        crate::marks::decide_mark,
        crate::marks::mark_counts,
        crate::marks::mark_controls,
        crate::drafts::drafts,
        crate::drafts::keep_draft,
        crate::interview::lots,
        crate::interview::draw_lots,
        crate::interview::late_lot,
        crate::interview::panel_sheet,
        crate::interview::key_sheet,
        crate::interview::import_sheets,
        crate::interview::sheet_differences,
        crate::interview::decide_sheet,
        crate::standing::weights,
        crate::standing::confirm_weights,
        crate::standing::selection,
        crate::standing::select,
        crate::standing::substitute,
        crate::standing::standings,
        crate::standing::standing,
        crate::standing::why,
        crate::standing::why_group,
        crate::standing::what_if,
        crate::standing::spread,
        crate::standing::held_ties,
        crate::standing::resolved_ties,
        crate::standing::resolve_tie,
        crate::standing::awards,
        crate::standing::confirm_award,
        crate::standing::confirm_awards,
        crate::standing::delegation,
        crate::stages::teams,
        crate::stages::naming_units,
        crate::stages::name_substitutes,
        crate::stages::name_team,
        crate::stages::enter_team_result,
        crate::stages::honour_members,
        crate::practice::practice,
        crate::practice::look_at_practice,
        crate::practice::import_practice,
        crate::practice::remove_practice,
        crate::practice::practice_list,
        crate::practice::practice_claims,
        crate::practice::match_practice,
        crate::practice::match_strangers,
        crate::practice::confirm_practice_year,
        crate::practice::decide_practice_prize,
        crate::practice::save_practice_paper,
        crate::practice::save_practice_workbook,
        crate::staff::staff,
        crate::staff::look_at_staff,
        crate::staff::import_staff,
        crate::staff::draw_invigilators,
        crate::staff::verify_duties,
        crate::staff::replace_staff,
        crate::staff::recuse,
        crate::staff::inspect_room,
        crate::staff::closing,
        crate::staff::make_archive,
        crate::staff::open_archive,
        crate::staff::delete_personal,
        crate::papers::preview_paper,
        crate::papers::save_paper,
        crate::papers::save_papers,
        crate::papers::save_results,
        crate::papers::save_announcement,
        crate::certificates::certificate_awards,
        crate::certificates::templates,
        crate::certificates::own_template,
        crate::fonts::added_fonts,
        crate::fonts::add_font,
        crate::fonts::remove_font,
        crate::certificates::preview_certificate,
        crate::certificates::glyph_check,
        crate::certificates::print_certificates,
        crate::certificates::print_runs,
        crate::certificates::sheets,
        crate::certificates::void_sheet,
        crate::certificates::print_again,
        crate::certificates::reprint_sheet,
        crate::certificates::verify_certificate,
        crate::journal::journal,
        crate::journal::entry,
        crate::journal::verify_journal,
        crate::journal::backup,
    ])
}

/// What the commands share.
pub(crate) fn state() -> Shell {
    Shell::default()
}

#[cfg(test)]
mod tests {
    use super::builder;
    use specta_typescript::Typescript;
    use std::path::Path;

    /// What the pages call is what the program has. `KAOWU_RENEW=1` writes both files anew.
    #[test]
    fn bindings_and_permissions_are_up_to_date() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let made = tempfile::tempdir().unwrap();
        let fresh = made.path().join("bindings.ts");
        builder()
            .export(Typescript::default().header("// Written by the test of src-tauri/src/commands.rs; never edited.\n"), &fresh)
            .unwrap();
        let text = std::fs::read_to_string(fresh).unwrap();
        let mut names: Vec<&str> = text.split("__TAURI_INVOKE").filter_map(|piece| piece.split('"').nth(1)).collect();
        names.retain(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        let listed = names.iter().map(|name| format!("  \"{name}\",\n")).collect::<String>();
        let permission = format!(
            "# Written by the test of src-tauri/src/commands.rs: our own commands, nothing of the system.\n[[permission]]\n\
             identifier = \"desks\"\ndescription = \"Every command of the desks.\"\ncommands.allow = [\n{listed}]\n"
        );
        for (path, wanted) in [("ui/src/platform/bindings.ts", text.clone()), ("src-tauri/permissions/desks.toml", permission)] {
            let path = root.join(path);
            if std::env::var_os("KAOWU_RENEW").is_some() {
                std::fs::write(&path, &wanted).unwrap();
            }
            let stands = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(stands == wanted, "{} is not what the program has; KAOWU_RENEW=1 cargo test -p kaowu writes it anew", path.display());
        }
    }
}
