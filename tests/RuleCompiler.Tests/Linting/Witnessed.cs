using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Linting;
using RuleCompiler.Packets;
using RuleCompiler.Tests.Markup;
using RuleCompiler.Tests.Packets;

namespace RuleCompiler.Tests.Linting;

/// <summary>Findings of one check, and what becomes of the packets that they show.</summary>
internal static class Witnessed
{
    /// <summary>The findings of a check, in order of place.</summary>
    public static IReadOnlyList<Finding> Of(string dump, string id, LintOptions? options = null) =>
        Linter.Run(Linted.Compile(dump), (options ?? LintOptions.Default) with { Selected = [id] }).Findings;

    /// <summary>The only finding of a check, at the marked span.</summary>
    public static Finding One(string markup, string id, LintOptions? options = null) =>
        FindingAssert.Reports(markup, id, options).Single();

    /// <summary>
    /// What <c>rulec trace</c> makes of a finding's witness: rewrites, verdict, and who gets it; a line for each outcome
    /// of the unknowns.
    /// </summary>
    public static string Outcome(string markup, Finding finding, HostFacts? host = null)
    {
        var compilation = Linted.Compile(MarkupText.Parse(markup).Text);
        var packet = PacketAssert.Parse(finding.Witness ?? throw new AssertionException($"{finding.Id} has no witness"));
        var traces = new Evaluator(compilation, packet.Family, host ?? HostInference.Infer(compilation)).Trace(packet);
        return string.Join('\n', traces.Select(trace => string.Join(' ', trace.Rewrites
            .Select(rewrite => $"{rewrite.Kind} {rewrite.Destination ?? rewrite.Source}")
            .Append(trace.Verdict.Name())
            .Append(trace.Delivery?.To)).TrimEnd()));
    }
}
