using System.Text;
using System.Text.RegularExpressions;
using RuleCompiler.Binding;
using RuleCompiler.Diagnostics;
using RuleCompiler.Extensions.Matches;
using RuleCompiler.Symbols;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Linting;

/// <summary>What the rules' own comments silence: <c>-m comment --comment "why rulec:ignore IPT3002,IPT3005"</c>.</summary>
/// <remarks>The comment match goes through the kernel and back; lines with <c>#</c> do not.</remarks>
internal sealed partial class SuppressionList
{
    private readonly List<Suppression> _suppressions = []; // in order of place
    private readonly SourceText _text;

    private SuppressionList(SourceText text) => _text = text;

    /// <summary>A comment that silences nothing.</summary>
    public static LintCheck UnusedSuppression { get; } = new(
        new DiagnosticDescriptor("IPT3099", DiagnosticSeverity.Info)
        {
            Title = "Unused suppression",
            Message = "'rulec:ignore' suppresses nothing here: {0}",
            Explanation = "The rule's comment says which findings about the rule are accepted. There is none of this kind, or no such "
                + "check, so the words mislead the next reader and would hide a finding to come. Take the ID out. Nothing is "
                + "said of checks that did not run.",
            Example = """
                *filter
                :INPUT ACCEPT [0:0]
                -A INPUT -s 192.0.2.1/32 -m comment --comment "blocked; rulec:ignore [|IPT3001|]" -j DROP
                COMMIT
                """,
            Corrected = """
                *filter
                :INPUT ACCEPT [0:0]
                -A INPUT -s 192.0.2.1/32 -m comment --comment blocked -j DROP
                COMMIT
                """,
        },
        "unused-suppression");

    /// <summary>Reads the comments of all rules.</summary>
    public static SuppressionList Find(Compilation compilation)
    {
        var tree = compilation.Tree;
        var list = new SuppressionList(tree.Text);
        if (tree.Text.Bytes.IndexOf("rulec:ignore"u8) < 0)
        {
            return list;
        }
        foreach (var family in compilation.Families)
        {
            foreach (var chain in compilation.GetRuleset(family)?.Chains ?? [])
            {
                foreach (var rule in chain.Rules)
                {
                    list._suppressions.AddRange(Read(tree, rule, new RuleSymbol(chain.Symbol, rule.Number))
                        .Select(suppression => suppression with { Family = family }));
                }
            }
        }
        list._suppressions.Sort((a, b) => a.RuleSpan.Start.CompareTo(b.RuleSpan.Start));
        return list;
    }

    /// <summary>Whether a comment silences a finding; the comment is then used.</summary>
    public bool Suppresses(Finding finding)
    {
        var isSuppressed = false;
        foreach (var suppression in At(finding.Location.Span.Start))
        {
            if (suppression.Id == finding.Id)
            {
                suppression.IsUsed = isSuppressed = true;
            }
        }
        return isSuppressed;
    }

    /// <summary>The comments that silenced nothing.</summary>
    /// <param name="isJudged">Whether a check looked at the whole dump.</param>
    /// <param name="undecided">Rules about which some check says nothing.</param>
    public IEnumerable<Finding> Unused(Func<string, bool> isJudged, IReadOnlyList<Undecided> undecided)
    {
        foreach (var suppression in _suppressions.Where(s => !s.IsUsed && (s.Id.Length == 0 || isJudged(s.Id))))
        {
            if (undecided.Any(u => Holds(suppression.RuleSpan, u.Location.Span.Start)))
            {
                continue;
            }
            var why = suppression.Id.Length == 0 ? "it names no check, such as IPT3002"
                : AnalyzerCatalog.Checks.Any(check => check.Id == suppression.Id) || suppression.Id[3] is '1' or '2'
                    ? $"this rule has no {suppression.Id}"
                    : $"there is no check {suppression.Id}";
            yield return new Finding
            {
                Descriptor = UnusedSuppression.Descriptor,
                Severity = UnusedSuppression.Descriptor.Severity,
                Location = new Location(_text, suppression.Span),
                Message = UnusedSuppression.Descriptor.Format([why]),
                Family = suppression.Family,
                Chain = suppression.Rule.Chain,
                RuleNumber = suppression.Rule.RuleNumber,
            };
        }
    }

    private static IEnumerable<Suppression> Read(SyntaxTree tree, BoundRule rule, RuleSymbol symbol) =>
        from match in rule.Matches
        where match.Extension is CommentMatch
        from option in match.Options
        from mark in Marks(tree, ValueSpan(tree, option.Token, rule.Span))
        select new Suppression(mark.Id, default, symbol, rule.Span, mark.Span);

    /// <summary>From the option's name, which may have the value behind a <c>=</c>, to the end of the next word.</summary>
    private static TextSpan ValueSpan(SyntaxTree tree, int optionToken, TextSpan rule) => TextSpan.FromBounds(
        tree.Tokens.GetSpan(optionToken).Start, Math.Min(tree.Tokens.GetSpan(optionToken + 1).End, rule.End));

    private static IEnumerable<(string Id, TextSpan Span)> Marks(SyntaxTree tree, TextSpan value)
    {
        var text = Encoding.Latin1.GetString(tree.Text.GetBytes(value)); // a character a byte
        foreach (Match mark in Mark().Matches(text))
        {
            if (mark.Groups[1].Captures.Count == 0)
            {
                yield return ("", new TextSpan(value.Start + mark.Index, mark.Length));
            }
            foreach (Capture id in mark.Groups[1].Captures)
            {
                yield return (id.Value.ToUpperInvariant(), new TextSpan(value.Start + id.Index, id.Length));
            }
        }
    }

    /// <summary>Those of the rule that a byte is in.</summary>
    private IEnumerable<Suppression> At(int offset)
    {
        var (low, high) = (0, _suppressions.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _suppressions[middle].RuleSpan.Start <= offset ? (middle + 1, high) : (low, middle);
        }
        for (var index = low - 1; index >= 0 && Holds(_suppressions[index].RuleSpan, offset); index--)
        {
            yield return _suppressions[index];
        }
    }

    private static bool Holds(TextSpan rule, int offset) => offset >= rule.Start && offset < rule.End;

    [GeneratedRegex(@"rulec:ignore\b(?:[\s,:]+(IPT[0-9]{4})\b)*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
