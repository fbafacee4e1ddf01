using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Extensions;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Evaluation;

/// <summary>Says which unknowns a <c>match</c> clause means, however it spells the options: <c>-m string --algo bm --string x</c>.</summary>
/// <remarks>Serves one thread; each text is read once.</remarks>
/// <param name="family">The family of the rules.</param>
internal sealed class MatchTexts(Family family)
{
    private readonly Dictionary<string, string> _canonical = [];

    /// <param name="unknown">What a rule asks for.</param>
    /// <param name="given">The text of a clause: with <c>-m</c> and name, with the name, or options alone.</param>
    public bool IsCalled(Condition.UnknownCondition unknown, string given) => unknown.IsCalled(given) || unknown.IsCalled(Canonical(given));

    private string Canonical(string given)
    {
        if (!_canonical.TryGetValue(given, out var text))
        {
            _canonical.Add(given, text = Read(given.Trim()) ?? given);
        }
        return text;
    }

    /// <summary>As iptables-save prints the match; null where it is none.</summary>
    private string? Read(string given)
    {
        var words = given.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isWhole = words is ["-m" or "--match", ..];
        var name = isWhole ? words.ElementAtOrDefault(1) : Array.Find(words, word => word != "!");
        if (name is null || given.AsSpan().ContainsAny('\n', '\r'))
        {
            return null;
        }
        var extension = name.StartsWith('-') ? ExtensionOf(name) : ExtensionCatalog.FindMatch(System.Text.Encoding.UTF8.GetBytes(name), family);
        if (extension is null)
        {
            return null;
        }
        var match = isWhole ? given : name.StartsWith('-') ? $"-m {extension.Name} {given}" : $"-m {given}";
        return extension.Protocols.Select(protocol => string.Create(CultureInfo.InvariantCulture, $"-p {protocol} {match}")).Prepend(match)
            .Select(rule => Bind(rule, extension)).FirstOrDefault(text => text is not null);
    }

    private MatchExtension? ExtensionOf(string option) => ExtensionCatalog.Matches.FirstOrDefault(extension =>
        (extension.OnlyFamily ?? family) == family && extension.Options.Any(spec => spec.Name == option));

    /// <summary>The match's own text in a rule of a chain that nothing calls, where all matches may stand.</summary>
    private string? Bind(string rule, MatchExtension extension)
    {
        var compilation = Compilation.Create(
            SyntaxTree.Parse(SourceText.From($"*mangle\n:OPTIONS - [0:0]\n-A OPTIONS {rule}\nCOMMIT\n")), new CompilationOptions { Family = family });
        if (compilation.Diagnostics.Any(problem => problem.Severity == DiagnosticSeverity.Error))
        {
            return null;
        }
        var matches = compilation.GetRuleset(family)?.Chains.SelectMany(chain => chain.Rules).SelectMany(bound => bound.Matches)
            .Where(match => ReferenceEquals(match.Extension, extension)).ToList();
        return matches is [var only] ? $"{extension.Name} {only.OptionText}".TrimEnd() : null;
    }
}
