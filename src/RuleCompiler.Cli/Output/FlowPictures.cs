using System.Globalization;
using System.Text;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Cli.Output;

/// <summary>The pictures of a dump's flows: one file each, or one below the other.</summary>
internal static class FlowPictures
{
    /// <summary>The name of a flow's file; with the family where the dump has flows of both.</summary>
    public static string FileName(FlowsReport report, Flow flow)
    {
        var family = report.Analyses.Length > 1 ? $"-{flow.Family.Name().ToLowerInvariant()}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"flow-{flow.Definition.Number}{family}.svg");
    }

    /// <summary>Writes every flow's picture to a folder, which is made where it is missing.</summary>
    /// <exception cref="CommandFailedException">It cannot be written.</exception>
    public static void Write(FlowsReport report, string folder, Session session)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(Problem.OfFile(folder, ToolDiagnostics.UnwritableOutput, $"Cannot make the folder: {e.Message}"));
        }
        foreach (var (flow, picture) in Draw(report))
        {
            using var output = ResultOutput.Open(session, Path.Join(folder, FileName(report, flow)));
            output.Buffer.Append(picture.File);
            output.Complete();
        }
    }

    /// <summary>All flows in one picture.</summary>
    public static string DrawAll(FlowsReport report)
    {
        var height = 0;
        var pictures = new StringBuilder();
        foreach (var (_, picture) in Draw(report))
        {
            pictures.Append(picture.At(height));
            height += picture.Height;
        }
        return SvgPicture.Stack(pictures.ToString(), Math.Max(1, height));
    }

    private static IEnumerable<(Flow Flow, SvgPicture Picture)> Draw(FlowsReport report) =>
        from analysis in report.Analyses
        let ruleset = report.Compilation.GetRuleset(analysis.Family)
        where ruleset is not null
        from flow in analysis.Flows
        select (flow, FlowSvgWriter.Draw(ruleset, analysis.Profile, flow, namesFamily: report.Analyses.Length > 1));
}
