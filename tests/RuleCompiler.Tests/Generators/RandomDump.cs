using System.Text;

namespace RuleCompiler.Tests.Generators;

/// <summary>Draws a dump that <c>iptables-restore</c> loads.</summary>
/// <param name="draw">What is drawn from.</param>
/// <param name="host">The host whose addresses and interfaces it names.</param>
/// <param name="size">How many times as many rules a chain has as are easily read.</param>
internal sealed class RandomDump(Draw draw, RandomHost host, int size = 1)
{
    private static readonly (string Name, string[] Hooks)[] Tables =
    [
        ("raw", ["PREROUTING", "OUTPUT"]),
        ("mangle", ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]),
        ("nat", ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"]),
        ("filter", ["INPUT", "FORWARD", "OUTPUT"]),
        ("security", ["INPUT", "FORWARD", "OUTPUT"]),
    ];

    private readonly RandomRule _rule = new(draw, host, isSparing: draw.Chance(60));

    public string Text()
    {
        var text = new StringBuilder();
        var tables = draw.Some(draw.Between(1, 4), Tables);
        foreach (var (name, hooks) in tables)
        {
            AppendTable(text, name, hooks);
        }

        return text.ToString();
    }

    private void AppendTable(StringBuilder text, string table, string[] hooks)
    {
        var chains = hooks.Select(hook => new RandomChain(table, hook, [hook])).Concat(UserChains(table, hooks)).ToList();
        text.Append($"*{table}\n");
        foreach (var chain in chains)
        {
            var policy = !chain.IsBase ? "-" : draw.Chance(6) ? "DROP" : "ACCEPT";
            if (policy != "ACCEPT" || !draw.Chance(2))
            {
                text.Append($":{chain.Name} {policy} [0:0]\n");
            }
        }

        if (draw.Chance(4))
        {
            text.Append($"-A {chains[0].Name} -j RATEEST --rateest-name q --rateest-interval 250.0ms --rateest-ewmalog 500.0ms\n");
            host.EstimatedTable = table;
        }

        for (var index = 0; index < chains.Count; index++)
        {
            // Calls lead down the list only, so there is no loop; and a callee takes all hooks of its caller.
            var chain = chains[index];
            var callees = chains.Skip(index + 1)
                .Where(callee => !callee.IsBase && chain.Hooks.All(hook => callee.Hooks.Contains(hook)))
                .ToList();
            var count = size * draw.Between(0, chain.IsBase ? 7 : 5);
            for (var number = 0; number < count; number++)
            {
                text.Append($"-A {chain.Name}{_rule.Text(chain, callees)}\n");
            }
        }

        text.Append("COMMIT\n");
    }

    private List<RandomChain> UserChains(string table, string[] hooks)
    {
        var chains = new List<RandomChain>();
        for (var number = draw.Between(0, 5); number > 0; number--)
        {
            var met = draw.Chance(60) ? [draw.Pick(hooks)] : draw.Some(2, hooks);
            chains.Add(new RandomChain(table, $"{draw.Pick("KUBE-", "ISTIO_", "c", "in.")}{table[0]}{number}", met));
        }

        return chains;
    }
}
