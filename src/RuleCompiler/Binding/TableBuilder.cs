using System.Diagnostics.CodeAnalysis;
using System.Text;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>A table while its section is read: its chains by name, base chains included from the start.</summary>
internal sealed class TableBuilder
{
    private readonly Dictionary<string, ChainBuilder> _byName = [];
    private readonly Dictionary<string, ChainBuilder>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<ChainBuilder> _chains = [];

    /// <param name="kind">Which table.</param>
    /// <param name="family">The family of its rules.</param>
    /// <param name="line">1-based line that begins it.</param>
    public TableBuilder(TableKind kind, Family family = Family.IPv4, int line = 0)
    {
        Symbol = new TableSymbol(kind, family, line);
        _lookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var hook in NetfilterNames.Hooks)
        {
            if ((NetfilterNames.HooksOf(kind) & hook.ToSet()) != 0)
            {
                Add(hook.Name(), hook);
            }
        }
    }

    public TableSymbol Symbol { get; }

    /// <summary>What its section's header says, or else the dump.</summary>
    public Flavour Flavour { get; init; }

    public TableKind Kind => Symbol.Kind;

    /// <summary>
    /// The chains that exist: declared ones and base chains with rules; base chains first, in hook order.
    /// </summary>
    public IEnumerable<ChainBuilder> Chains =>
        _chains.Where(c => c.Symbol.DeclarationLine is not null || c.Rules.Count > 0);

    /// <summary>All names that a rule may stand in, declared further down or not.</summary>
    public IEnumerable<string> ChainNames => _chains.Select(c => c.Symbol.Name);

    /// <summary>Those that a rule may jump to.</summary>
    public IEnumerable<string> UserChainNames => _chains.Where(c => c.Symbol.Hook is null).Select(c => c.Symbol.Name);

    public ChainBuilder Add(string name, Hook? hook)
    {
        var chain = new ChainBuilder(new ChainSymbol(name, -1, Kind, hook));
        _byName.Add(name, chain);
        _chains.Add(chain);
        return chain;
    }

    /// <summary>Moves the rules of a chain, and the calls of it, to another that is not declared yet.</summary>
    public void Rename(ChainBuilder chain, ChainBuilder renamed)
    {
        renamed.Rules.AddRange(chain.Rules);
        chain.Rules.Clear();
        (renamed.Symbol.DeclarationLine, chain.Symbol.DeclarationLine) = (chain.Symbol.DeclarationLine, null);
        foreach (var rule in _chains.SelectMany(c => c.Rules).Where(r => ReferenceEquals(r.Callee, chain.Symbol)))
        {
            rule.Callee = renamed.Symbol;
        }
    }

    /// <summary>Whether a rule jumps or goes to the chain.</summary>
    public bool IsCalled(ChainSymbol chain) => _chains.Exists(c => c.Rules.Exists(r => ReferenceEquals(r.Callee, chain)));

    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out ChainBuilder? chain)
    {
        Span<char> text = stackalloc char[64];
        if (name.Length <= text.Length && !name.ContainsAnyExceptInRange((byte)0, (byte)127))
        {
            return _lookup.TryGetValue(text[..Encoding.ASCII.GetChars(name, text)], out chain);
        }
        return _byName.TryGetValue(ByteText.GetString(name), out chain);
    }
}
