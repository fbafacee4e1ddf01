using System.Collections.Immutable;
using System.Text;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>A dump over the small domain; its text is what the product gets.</summary>
/// <param name="Chains">All chains; those of a table stand together.</param>
internal sealed record SmallDump(ImmutableArray<SmallChain> Chains)
{
    /// <summary>In which words <see cref="ToString"/> says it; rules and packets have those of IPv4.</summary>
    public Family Family { get; init; } = Family.IPv4;

    public IEnumerable<SmallRule> Rules => Chains.SelectMany(chain => chain.Rules);

    /// <summary>The hooks that it has base chains for, in the order of their appearance.</summary>
    public IEnumerable<Hook> Hooks => Chains.Select(chain => chain.Hook).OfType<Hook>().Distinct();

    /// <summary>What packets must differ in for all that the dump asks and does to be seen.</summary>
    public SmallFields Fields => Rules.Aggregate(
        Chains.Any(chain => chain.Table == TableKind.Nat) ? SmallFields.State : SmallFields.None,
        (fields, rule) => fields | rule.Fields);

    public SmallChain? Find(TableKind table, Hook hook) => Chains.FirstOrDefault(c => c.Table == table && c.Hook == hook);

    public SmallChain Find(TableKind table, string name) => Chains.First(c => c.Table == table && c.Name == name);

    /// <summary>The same with other rules in one chain.</summary>
    public SmallDump With(SmallChain chain, ImmutableArray<SmallRule> rules) =>
        this with { Chains = [.. Chains.Select(c => c.Place == chain.Place ? c with { Rules = rules } : c)] };

    /// <summary>The same without some of its rules.</summary>
    public SmallDump Without(Func<SmallChain, SmallRule, bool> isLeftOut) =>
        this with { Chains = [.. Chains.Select(c => c with { Rules = c.Rules.RemoveAll(rule => isLeftOut(c, rule)) })] };

    /// <summary>The chains that some base chain calls, directly or through others, and the base chains.</summary>
    public IReadOnlySet<string> Called() => Called(Chains.Where(chain => chain.Hook is not null));

    /// <summary>The hooks whose base chains call a chain.</summary>
    public IEnumerable<Hook> HooksOf(SmallChain called) => Chains
        .Where(chain => chain.Hook is not null && Called([chain]).Contains(called.Place))
        .Select(chain => chain.Hook).OfType<Hook>();

    private HashSet<string> Called(IEnumerable<SmallChain> callers)
    {
        var called = new HashSet<string>();
        var pending = new Queue<SmallChain>(callers);
        while (pending.TryDequeue(out var chain))
        {
            if (!called.Add(chain.Place))
            {
                continue;
            }
            foreach (var callee in chain.Rules.Select(rule => rule.Target.Callee).OfType<string>())
            {
                pending.Enqueue(Find(chain.Table, callee));
            }
        }
        return called;
    }

    /// <summary>Text as <c>iptables-save</c> prints it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var table in Chains.Select(chain => chain.Table).Distinct())
        {
            var chains = Chains.Where(chain => chain.Table == table).ToList();
            text.Append($"*{table.Name()}\n");
            foreach (var chain in chains)
            {
                text.Append($":{chain.Name} {(chain.Hook is null ? "-" : chain.PolicyDrops ? "DROP" : "ACCEPT")} [0:0]\n");
            }
            foreach (var chain in chains)
            {
                foreach (var rule in chain.Rules)
                {
                    text.Append($"-A {chain.Name} {rule.Text}".TrimEnd()).Append('\n');
                }
            }
            text.Append("COMMIT\n");
        }
        return Family == Family.IPv4 ? text.ToString() : SmallV6Text.Of(text.ToString());
    }
}
