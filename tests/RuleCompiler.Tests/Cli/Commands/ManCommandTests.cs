using System.Text.RegularExpressions;
using NUnit.Framework;
using RuleCompiler.Cli.Commands;

namespace RuleCompiler.Tests.Cli.Commands;

/// <summary>The manual page says what help says.</summary>
internal sealed partial class ManCommandTests
{
    [Test]
    public void Every_option_of_help_is_in_the_manual()
    {
        var page = RulecRun.Of("man").Output.Replace("\\-", "-", StringComparison.Ordinal);
        var missing = from command in CommandCatalog.Create()
                      from Match option in OptionName().Matches(RulecRun.Of(command.Name, "--help").Output)
                      where !page.Contains(option.Value.Trim(), StringComparison.Ordinal)
                      select $"{command.Name} {option.Value}";

        Assert.That(missing, Is.Empty);
        Assert.That(page, Does.StartWith(".TH RULEC 1 ").And.Contain(".SH \"EXIT STATUS\""));
    }

    [Test]
    public void No_line_of_text_is_markup() => Assert.That(
        RulecRun.Of("man").Output.Split('\n').Where(line => line.StartsWith('.') && !Macro().IsMatch(line)), Is.Empty);

    [GeneratedRegex(@"^  (-\w, )?--[a-z-]+", RegexOptions.Multiline)]
    private static partial Regex OptionName();

    [GeneratedRegex(@"^\.(TH|SH|SS|TP|PP)\b")]
    private static partial Regex Macro();
}
