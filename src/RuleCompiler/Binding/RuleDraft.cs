using System.Collections.Immutable;
using RuleCompiler.Extensions;
using RuleCompiler.Extensions.Matches;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>A rule while its line is read: matches and target with the options found so far. Reused from line to line.</summary>
internal sealed class RuleDraft
{
    private readonly List<ExtensionUse> _pool = [];
    private readonly List<BoundMatch> _matches = [];

    /// <summary>The table that the line is for.</summary>
    public TableBuilder Table { get; private set; } = new(TableKind.Filter);

    /// <summary>The built-in tests.</summary>
    public ExtensionUse Ip { get; } = new();

    /// <summary>Lists of addresses, of which several rules are made.</summary>
    public AddressLists AddressLists { get; } = new();

    /// <summary>Options that belong to nothing known.</summary>
    public List<UnknownOption> UnknownOptions { get; } = [];

    /// <summary>Matches and targets in the order in which they were loaded; those from <see cref="UseCount"/> on are idle.</summary>
    public IReadOnlyList<ExtensionUse> Uses => _pool;

    public int UseCount { get; private set; }

    public RuleContext Context { get; private set; } = NoContext();

    public bool HasTarget { get; private set; }

    /// <summary>Whether the line has what only a rule may have: more than matches with <c>-m</c>, which any command may carry.</summary>
    /// <remarks>Source: iptables/xshared.c, <c>commands_v_options</c>; linkerd's <c>-N CHAIN -m comment --comment x</c> relies on it.</remarks>
    public bool HasOwnParts => HasTarget || Ip.Options.Count > 0 || UnknownOptions.Count > 0;

    /// <summary>Whether the value of <c>-p</c> could not be read: what its own match knows seems to be unknown then.</summary>
    public bool IsProtocolUnread { get; set; }

    /// <summary>The chain that the rule jumps or goes to.</summary>
    public ChainSymbol? Callee { get; private set; }

    public bool IsGoto { get; private set; }

    /// <summary>The token that names target or chain.</summary>
    public int JumpToken { get; private set; }

    /// <summary>Name of a target that is not known.</summary>
    public string? UnknownTarget { get; private set; }

    /// <summary>Its options as written, a blank before them; empty where there are none.</summary>
    public string UnknownTargetOptions { get; private set; } = "";

    /// <summary>Packets and bytes of <c>-c</c>, as <c>[12:3400]</c>.</summary>
    public string? Counters { get; set; }

    public void Reset(RuleSyntax line, TableBuilder table, Family family, Flavour flavour)
    {
        Table = table;
        Context = new RuleContext { Tree = line.Tree, Family = family, Flavour = flavour, Table = table.Kind };
        Ip.Reset(ExtensionCatalog.Ip, "ip", line.FirstArgument, isTarget: false);
        AddressLists.Clear();
        UnknownOptions.Clear();
        UseCount = 0;
        HasTarget = false;
        IsProtocolUnread = false;
        Callee = null;
        IsGoto = false;
        UnknownTarget = null;
        UnknownTargetOptions = "";
        Counters = null;
    }

    /// <summary>Notes what later options and checks must know of a test.</summary>
    public void Note(OptionSpec spec, object test, bool isNegated)
    {
        if (ReferenceEquals(spec, IpMatch.Protocol) && test is ProtocolOption.Number protocol)
        {
            Context.Protocol = protocol.Value;
            Context.IsProtocolNegated = isNegated;
        }
        else if (test is TcpFlagTest flags && !isNegated)
        {
            Context.AsksForSyn |= flags.Set.HasFlag(TcpFlags.Syn);
        }
    }

    public ExtensionUse Load(Extension? extension, string name, int token, bool isTarget)
    {
        if (UseCount == _pool.Count)
        {
            _pool.Add(new ExtensionUse());
        }
        var use = _pool[UseCount++];
        use.Reset(extension, name, token, isTarget);
        return use;
    }

    public bool IsLoaded(Extension extension)
    {
        for (var i = 0; i < UseCount; i++)
        {
            if (ReferenceEquals(_pool[i].Extension, extension))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The unknown match or target loaded last, which takes options that nothing else knows.</summary>
    public ExtensionUse? FindUnknownUse()
    {
        for (var i = UseCount - 1; i >= 0; i--)
        {
            if (_pool[i].Extension is null)
            {
                return _pool[i];
            }
        }
        return null;
    }

    public void SetTarget(int token, bool isGoto, ChainSymbol? callee)
    {
        HasTarget = true;
        JumpToken = token;
        IsGoto = isGoto;
        Callee = callee;
    }

    /// <summary>The rules that the line makes: one, or several for lists of addresses.</summary>
    public ImmutableArray<BoundRule> ToRules(RuleSyntax line, ExtensionChecker checker)
    {
        _matches.Clear();
        BoundTarget? target = null;
        for (var i = 0; i < UseCount; i++)
        {
            var use = _pool[i];
            switch (use.Extension)
            {
                case MatchExtension extension:
                    var match = new BoundMatch(extension, Context, use.NameToken, use.ToOptions());
                    Check(use, match, checker);
                    _matches.Add(match);
                    break;
                case TargetExtension extension:
                    target = new BoundTarget(extension, Context, use.NameToken, use.ToOptions());
                    Check(use, target, checker);
                    break;
                case null when !use.IsTarget:
                    UnknownOptions.Add(new UnknownOption(use.Name, use.Name + use.UnknownText, use.NameToken, IsMatch: true));
                    break;
                default:
                    UnknownTarget = use.Name;
                    UnknownTargetOptions = use.UnknownText.ToString();
                    break;
            }
        }
        UnknownOptions.Sort((left, right) => left.Token.CompareTo(right.Token));
        var rules = ImmutableArray.CreateBuilder<BoundRule>(1);
        foreach (var ip in AddressLists.Expand(Ip, Context))
        {
            rules.Add(new BoundRule
            {
                Line = line.LineNumber,
                Span = TextSpan.FromBounds(line.Tree.Tokens.GetSpan(line.FirstArgument).Start, line.Span.End),
                Matches = ip is null ? [.. _matches] : [ip, .. _matches],
                Target = target,
                Callee = Callee,
                IsGoto = IsGoto,
                JumpToken = JumpToken,
                UnknownTarget = UnknownTarget,
                UnknownTargetOptions = UnknownTargetOptions,
                Counters = Counters,
                UnknownOptions = [.. UnknownOptions],
            });
        }
        return rules.DrainToImmutable();
    }

    /// <summary>Not where a value could not be read: what else seems to be wrong may come from that.</summary>
    private static void Check(ExtensionUse use, BoundExtension bound, ExtensionChecker checker)
    {
        if (use is { Extension: { } extension, HasUnreadOption: false })
        {
            UseChecker.Check(bound, extension, checker);
        }
    }

    private static RuleContext NoContext() => new()
    {
        Tree = SyntaxTree.Parse(Text.SourceText.From("")),
        Family = Family.IPv4,
        Flavour = Flavour.Nft,
        Table = TableKind.Filter,
    };
}
