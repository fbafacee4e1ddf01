using System.Collections.Immutable;
using System.CommandLine;

namespace RuleCompiler.Cli.Commands;

/// <summary>One command of <c>rulec</c>: a class in a file of its own, and a line in <see cref="CommandCatalog"/>.</summary>
/// <remarks>
/// A command holds its arguments and options in fields, adds them in <see cref="Declare"/> and reads them in
/// <see cref="Run"/>. Objects are made for each run; nothing happens before <see cref="Run"/>.
/// </remarks>
internal abstract class RulecCommand
{
    /// <summary>The word on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What it does, for the list of commands: a sentence without full stop.</summary>
    public abstract string Summary { get; }

    /// <summary>Command lines that help shows, each with a word on what it is for.</summary>
    public abstract ImmutableArray<CommandExample> Examples { get; }

    /// <summary>Adds arguments and options.</summary>
    public abstract void Declare(Command command);

    /// <summary>Runs it; results go to the session's output, problems to its <see cref="Session.Problems"/>.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public abstract int Run(ParseResult arguments, Session session);
}
