using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using RuleCompiler.Binding;
using RuleCompiler.Diagnostics;
using RuleCompiler.Extensions;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Extensions;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Oracles.Linux;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Oracles;

/// <summary>Single rules against the tools of this machine: what <c>iptables-restore</c> takes or refuses, and what <c>iptables-save</c> makes of it.</summary>
internal static partial class RestoreComparison
{
    /// <summary>Rules that one shell loads one after the other.</summary>
    private const int BatchSize = 200;
    private const string Mark = "@@";

    /// <summary>What the tools say where this machine lacks a module or an extension: no answer about the rule.</summary>
    private static readonly string[] Lacks =
    [
        "missing kernel module", "Couldn't load", "No chain/target/match by that name", "Extension does not know", "No such file or directory",
        "Operation not supported", "Protocol not supported",
    ];

    /// <summary>Compares rules in their order.</summary>
    /// <returns>Those that are answered otherwise, with what was said.</returns>
    public static IEnumerable<RestoreDisagreement> Find(IEnumerable<(int Seed, SpelledRule Rule)> rules, Flavour flavour) =>
        from batch in rules.Chunk(BatchSize)
        from pair in batch.Zip(Load([.. batch.Select(one => one.Rule)], flavour))
        where pair.Second is not null
        let found = Compare(pair.First.Seed, pair.First.Rule, flavour, pair.Second)
        where found is not null
        select found;

    private static RestoreDisagreement? Compare(int seed, SpelledRule rule, Flavour flavour, RestoreAnswer tool)
    {
        var (isTaken, ours) = Answer(rule, flavour);
        return IsVersionsOwn(tool, ours) || (isTaken == tool.IsTaken && (!tool.IsTaken || ours == tool.Text)) ? null : new RestoreDisagreement(seed, rule, flavour, tool, isTaken, ours);
    }

    /// <summary>
    /// What the tool of this version does and the compiler means not to: backward ranges, which 1.8.11 refuses everywhere; words that need
    /// quotes and are printed without, so that they cannot be read again; and <c>! --sport 0:65535</c>, which vanishes, though it never matches.
    /// </summary>
    private static bool IsVersionsOwn(RestoreAnswer tool, string ours) => tool.IsTaken
        && (ours.Contains(OptionDiagnostics.BackwardRange.Id, StringComparison.Ordinal)
            || Unquoted(ours) == Unquoted(tool.Text)
            || NegatedFullRange().Replace(ours, "") == tool.Text);

    [GeneratedRegex(" ! --[a-z]+ 0:(65535|4294967295)(?![0-9])")]
    private static partial Regex NegatedFullRange();

    private static string Unquoted(string text) => text.Replace("\"", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);

    private static (bool IsTaken, string Text) Answer(SpelledRule rule, Flavour flavour)
    {
        try
        {
            var compilation = Compilation.Create(
                SyntaxTree.Parse(SourceText.From($"*{rule.Table}\n{rule.Rule}\nCOMMIT\n")),
                new CompilationOptions { Family = rule.IsV6 ? Family.IPv6 : Family.IPv4, Flavour = flavour });
            // An option that nobody has is a warning, as the tool may be one with more extensions.
            var complaint = compilation.Diagnostics.FirstOrDefault(one => one.Severity == DiagnosticSeverity.Error || one.Id == BindingDiagnostics.UnknownOption.Id);
            return (complaint is null, complaint?.ToString() ?? string.Join('\n', RecordedFormatTests.Print(compilation)));
        }
        catch (Exception failure)
        {
            return (true, failure.ToString());
        }
    }

    /// <summary>What the tool says of each rule; null where the machine lacks what the rule needs.</summary>
    private static List<RestoreAnswer?> Load(IReadOnlyList<SpelledRule> rules, Flavour flavour) => NetworkNamespace.RunOnOwnThread(() =>
    {
        using var space = NetworkNamespace.CreateAndEnter();
        var script = new StringBuilder();
        foreach (var rule in rules)
        {
            var tool = $"ip{(rule.IsV6 ? "6" : "")}tables-{(flavour == Flavour.Nft ? "nft" : "legacy")}";
            script.Append($"{tool}-restore 2>&1 <<'{Mark}'\n*{rule.Table}\n{rule.Rule}\nCOMMIT\n{Mark}\necho {Mark} $?\n{tool}-save -t {rule.Table} 2>&1 | grep '^-A'\necho {Mark} end\n");
            if (rule.Extension is "IDLETIMER" or "RATEEST")
            {
                script.Append($"{tool} -t {rule.Table} -F 2>/dev/null\n"); // or its timer would refuse the same label in another table
            }
        }
        var answers = new List<RestoreAnswer?>();
        var (said, printed, code) = (new List<string>(), new List<string>(), -1);
        foreach (var line in RunShell(script.ToString()).Split('\n'))
        {
            if (line == $"{Mark} end")
            {
                var text = string.Join('\n', code == 0 ? printed : said);
                answers.Add(code != 0 && Lacks.Any(lack => text.Contains(lack, StringComparison.Ordinal)) ? null : new RestoreAnswer(code == 0, text));
                (said, printed, code) = ([], [], -1);
            }
            else if (code < 0 && line.StartsWith(Mark, StringComparison.Ordinal))
            {
                code = int.Parse(line[(Mark.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
            }
            else
            {
                (code < 0 ? said : printed).Add(line);
            }
        }
        return answers;
    });

    private static string RunShell(string script)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new IOException("sh did not start");
        var reading = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        process.WaitForExit();
        return reading.GetAwaiter().GetResult();
    }
}
