using System.Collections.Immutable;
using System.CommandLine;
using RuleCompiler.Binding;
using RuleCompiler.Cli.Input;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Commands;

/// <summary>The options of every command that sends packets through rules: the host, and what is assumed.</summary>
internal sealed class EvaluationOptions
{
    private readonly Option<string?> _host = new("--host")
    {
        HelpName = "FILE",
        Description = "Interfaces, addresses, routes, sets of the machine (JSON); else a host is inferred from the dump",
    };

    private readonly Option<string[]> _assume = new("--assume")
    {
        HelpName = "TEXT",
        Description = "Fix what a packet does not tell, as in \"limit at filter:INPUT:4 matches\"",
        Arity = ArgumentArity.OneOrMore,
    };

    public void AddTo(Command command)
    {
        command.Add(_host);
        command.Add(_assume);
    }

    /// <returns>The host given, or inferred; null where the file has errors, which are reported then.</returns>
    /// <exception cref="CommandFailedException">The file cannot be read.</exception>
    public HostFacts? ReadHost(ParseResult arguments, Compilation compilation, Session session)
    {
        if (arguments.GetValue(_host) is not { } path)
        {
            return HostInference.Infer(compilation);
        }
        var (facts, diagnostics) = HostFactsJson.Read(DumpFile.Read(path, session));
        session.Problems.Write(diagnostics);
        return facts;
    }

    /// <remarks>Assumptions of a diff are of two dumps: what is of a rule that this one does not have is left for a warning.</remarks>
    /// <exception cref="CommandFailedException">An assumption is not written as one.</exception>
    public TraceOptions Read(ParseResult arguments, Compilation compilation)
    {
        var assumptions = ImmutableArray.CreateBuilder<Assumption>();
        foreach (var text in arguments.GetValue(_assume) ?? [])
        {
            if (!Assumption.TryParse(text, out var assumption))
            {
                throw new CommandFailedException(
                    $"'{text}' is no assumption; one reads \"limit at filter:INPUT:4 matches\" or \"... does not match\"");
            }
            if (assumption.IsOfHost)
            {
                assumptions.Add(assumption);
                continue;
            }
            var place = RuleReferences.Parse(assumption.Place);
            assumptions.Add(RuleReferences.Find(place, compilation).Any(rule => RuleText.Of(rule) == assumption.Rule) ? assumption with { Rule = null } : assumption);
        }
        return new TraceOptions { Assumptions = assumptions.DrainToImmutable() };
    }
}
