using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>Names to symbols, words to options: a syntax tree to bound rulesets.</summary>
/// <remarks>
/// Section by section: first the chains that it declares, then its rules (each by itself, so on several threads), then
/// the commands in order. At the end the calls between chains are checked as the kernel checks them.
/// </remarks>
internal sealed class Binder
{
    private const int LinesPerChunk = 4096;

    private readonly SyntaxTree _tree;
    private readonly CompilationOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly DiagnosticBag _diagnostics = new();
    private readonly NameSuggestions _suggestions = new();
    private readonly Dictionary<Family, Dictionary<TableKind, TableBuilder>> _tables = [];

    private Binder(SyntaxTree tree, CompilationOptions options, CancellationToken cancellation)
    {
        _tree = tree;
        _options = options;
        _cancellation = cancellation;
    }

    public static BindingResult Bind(SyntaxTree tree, CompilationOptions options, CancellationToken cancellation) =>
        new Binder(tree, options, cancellation).Bind();

    private BindingResult Bind()
    {
        PartialDumpNotice.Report(_tree, _diagnostics);
        var origins = FamilyInference.Infer(_tree, _options);
        for (var i = 0; i < _tree.Tables.Length; i++)
        {
            var (family, flavour) = origins[i];
            if (_tree.Tables[i].Header is { } header)
            {
                BindSection(_tree.Tables[i], header, family, flavour);
            }
            else
            {
                BindCommandLines(_tree.Tables[i], family, flavour);
            }
        }
        var rulesets = _tables.OrderBy(t => t.Key).Select(t => Finish(t.Key, [.. t.Value.Values]));
        return new BindingResult([.. rulesets], _diagnostics.ToImmutable());
    }

    private BoundRuleset Finish(Family family, ImmutableArray<TableBuilder> tables)
    {
        var chains = ImmutableArray.CreateBuilder<BoundChain>();
        foreach (var table in tables)
        {
            table.Symbol.Chains = [.. table.Chains.Select(c => c.Symbol)];
            foreach (var chain in table.Chains)
            {
                chain.Symbol.Index = chains.Count;
                for (var i = 0; i < chain.Rules.Count; i++)
                {
                    chain.Rules[i].Number = i + 1;
                }
                chains.Add(new BoundChain(chain.Symbol, [.. chain.Rules]));
            }
        }
        var ruleset = new BoundRuleset(
            _tree, family, FlavourOf(tables), [.. tables.Select(t => t.Symbol)], chains.DrainToImmutable());
        ChainCallChecker.Check(ruleset, _diagnostics);
        return ruleset;
    }

    /// <summary>What the first table says that was not given again: of those that were, nothing is left.</summary>
    private Flavour FlavourOf(ImmutableArray<TableBuilder> tables) =>
        tables.MinBy(table => table.Symbol.Line)?.Flavour ?? _options.Flavour ?? Flavour.Nft;

    private void BindSection(TableSyntax section, TableHeaderSyntax header, Family family, Flavour flavour)
    {
        var name = header.Name.Value;
        if (NetfilterNames.FindTable(name) is not { } kind)
        {
            _diagnostics.Report(TableDiagnostics.UnknownTable.At(header.Name.Location, name, SuggestTable(name)));
            return;
        }
        if (section.Commit is null)
        {
            _diagnostics.Report(BindingDiagnostics.Truncated.At(header.Name.Location, name));
        }
        var tables = TablesOf(family);
        if (tables.TryGetValue(kind, out var earlier))
        {
            var diagnostic = BindingDiagnostics.TableTwice.At(
                header.Name.Location, name, earlier.Symbol.Line.ToString(CultureInfo.InvariantCulture));
            _diagnostics.Report(diagnostic with { Related = [RelatedLocation.OfLine(_tree.Text, earlier.Symbol.Line, "given here before")] });
            tables.Remove(kind);
        }
        var table = new TableBuilder(kind, family, header.LineNumber) { Flavour = flavour };
        tables.Add(kind, table);
        var executor = new CommandExecutor(_tree, table, flavour, _diagnostics, _suggestions);
        foreach (var line in section.Lines)
        {
            executor.MakeKnown(line);
        }
        BindRules(section, table, family, flavour, executor);
    }

    /// <summary>Binds the rules in chunks on several threads, and carries the commands out in order.</summary>
    private void BindRules(TableSyntax section, TableBuilder table, Family family, Flavour flavour, CommandExecutor executor)
    {
        var lines = section.Lines;
        var chunkCount = (lines.Length + LinesPerChunk - 1) / LinesPerChunk;
        var commands = new RuleCommand?[lines.Length];
        var bags = new DiagnosticBag[chunkCount];
        void BindChunk(int chunk)
        {
            bags[chunk] = new DiagnosticBag();
            var binder = new RuleBinder(_tree, family, flavour, bags[chunk]);
            var end = Math.Min(lines.Length, (chunk + 1) * LinesPerChunk);
            for (var i = chunk * LinesPerChunk; i < end; i++)
            {
                commands[i] = lines[i] is RuleSyntax rule ? binder.Bind(rule, table, isCommandLine: false) : null;
            }
        }
        if (chunkCount > 1)
        {
            Parallel.For(0, chunkCount, new ParallelOptions { CancellationToken = _cancellation }, BindChunk);
        }
        else if (chunkCount == 1)
        {
            BindChunk(0);
        }
        foreach (var bag in bags)
        {
            _diagnostics.AddRange(bag.ToImmutable());
        }
        for (var i = 0; i < lines.Length; i++)
        {
            executor.Execute(lines[i], commands[i]);
        }
    }

    /// <summary>Lines such as <c>iptables -t nat -A ...</c>: each names its family by its program and its table itself.</summary>
    private void BindCommandLines(TableSyntax lines, Family family, Flavour flavour)
    {
        var binders = new Dictionary<Family, RuleBinder>();
        foreach (var rule in lines.Lines.OfType<RuleSyntax>())
        {
            var lineFamily = rule.Program is { } program && _options.Family is null
                ? program.Text.Contains("ip6tables", StringComparison.Ordinal) ? Family.IPv6 : Family.IPv4
                : family;
            if (FindTable(rule) is not { } kind)
            {
                continue;
            }
            var tables = TablesOf(lineFamily);
            if (!tables.TryGetValue(kind, out var table))
            {
                table = new TableBuilder(kind, lineFamily, rule.LineNumber) { Flavour = flavour };
                tables.Add(kind, table);
            }
            var executor = new CommandExecutor(_tree, table, flavour, _diagnostics, _suggestions) { IsCommandLine = true };
            executor.MakeKnown(rule);
            if (!binders.TryGetValue(lineFamily, out var binder))
            {
                binder = new RuleBinder(_tree, lineFamily, flavour, _diagnostics);
                binders.Add(lineFamily, binder);
            }
            executor.Execute(rule, binder.Bind(rule, table, isCommandLine: true));
        }
    }

    /// <summary>The table that a command line names with <c>-t</c>; null after reporting one that does not exist.</summary>
    private TableKind? FindTable(RuleSyntax rule)
    {
        var end = rule.FirstToken + rule.TokenCount;
        for (var token = rule.FirstArgument; token < end; token++)
        {
            if (_tree.Tokens.GetKind(token) != SyntaxKind.Option || TableNameOffset(_tree.Tokens.GetValue(token)) is not { } offset)
            {
                continue;
            }
            var nameToken = offset > 0 ? token : token + 1;
            if (nameToken == end)
            {
                break; // the rule binder says what is missing
            }
            var name = _tree.Tokens.GetText(nameToken)[offset..];
            if (NetfilterNames.FindTable(name) is { } kind)
            {
                return kind;
            }
            _diagnostics.Report(TableDiagnostics.UnknownTable.At(new Location(_tree.Text, _tree.Tokens.GetSpan(nameToken)), name, SuggestTable(name)));
            return null;
        }
        return _options.Table ?? TableKind.Filter;
    }

    private static string SuggestTable(string name) => Suggestion.For(name, NetfilterNames.Tables.Select(t => t.Name()));

    /// <summary>Where the name begins in an option that names a table, 0 where it follows; null for other options.</summary>
    private static int? TableNameOffset(ReadOnlySpan<byte> option) =>
        option.SequenceEqual("-t"u8) || option.SequenceEqual("--table"u8) ? 0
        : option.StartsWith("--table="u8) ? 8
        : option.StartsWith("-t"u8) ? 2
        : null;

    private Dictionary<TableKind, TableBuilder> TablesOf(Family family)
    {
        if (!_tables.TryGetValue(family, out var tables))
        {
            tables = [];
            _tables.Add(family, tables);
        }
        return tables;
    }
}
