use super::*;
use clap::Command;

fn walk(command: &Command, path: &str, see: &mut dyn FnMut(&Command, &str)) {
    see(command, path);
    for sub in command.get_subcommands() {
        walk(sub, &format!("{path} {}", sub.get_name()), see);
    }
}

#[test]
fn the_arguments_do_not_contradict_each_other() {
    Cli::command().debug_assert();
}

#[test]
fn every_command_says_what_it_does_with_an_example() {
    walk(&Cli::command(), "tandau", &mut |command, path| {
        assert!(command.get_about().is_some(), "{path} has no description");
        let own = command.get_after_help().map(ToString::to_string);
        let example = format!("Example: {path} ");
        let parent_shows = command.has_subcommands();
        assert!(
            own.is_some_and(|help| help.contains(&example)
                || parent_shows && help.contains(&format!("Example: {path}"))),
            "{path} has no example"
        );
        for argument in command.get_arguments() {
            assert!(
                argument.get_help().is_some(),
                "{path}: {} has no help",
                argument.get_id()
            );
        }
    });
}

#[test]
fn settings_are_named_after_their_flags() {
    walk(&Cli::command(), "tandau", &mut |command, path| {
        for argument in command.get_arguments() {
            if let (Some(env), Some(long)) = (argument.get_env(), argument.get_long()) {
                let expected = format!("TANDAU_{}", long.to_uppercase().replace('-', "_"));
                assert_eq!(env.to_str(), Some(expected.as_str()), "{path}");
            }
        }
    });
}
