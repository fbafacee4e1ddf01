using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Evaluation;

namespace RuleCompiler.Tests.Diffing;

internal sealed class CellRouterTests
{
    private const string LedAwayAndBack = """
        *mangle
        :OUTPUT ACCEPT [0:0]
        -A OUTPUT -j DNPT --src-pfx fd00:1::/64 --dst-pfx fd77::/64
        COMMIT
        *nat
        :OUTPUT ACCEPT [0:0]
        -A OUTPUT -p udp -j REDIRECT --to-ports 53
        COMMIT

        """;

    private const string Host = """
        { "interfaces": [ {"name": "eth0", "addresses": ["fd00:1::1/64"]} ],
          "routes": [ {"destination": "default", "via": "fd00:1::fe", "interface": "eth0"} ] }
        """;

    /// <remarks>For the connection of a packet to <c>::1</c> REDIRECT changes nothing, so that the packet goes where DNPT had it routed.</remarks>
    [TestCase("udp [::1]:1000 -> [::1]:443", ExpectedResult = false)]
    [TestCase("udp [fd00:1::1]:1000 -> [2001:db8::9]:443", ExpectedResult = true)]
    public bool Comes_back_in_where_REDIRECT_leads_the_connection_elsewhere(string expression)
    {
        var (open, closed) = (Traced.Compile(LedAwayAndBack), Traced.Compile(LedAwayAndBack + "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\nCOMMIT\n"));
        var host = Traced.ReadHost(Host);
        var result = SemanticDiff.Compare(open, closed, new DiffOptions { OldHost = host, NewHost = host });
        var sets = new SpaceSets(result.Regions.SelectMany(region => region.Space).Append(expression));
        var isTold = result.Regions.Any(region => region.Space.Any(space => sets.Meet(space, expression)));
        Assert.That(new Evaluator(closed, Family.IPv6, host).Trace(Traced.Packet(expression)).Single().Verdict == Verdict.Drop, Is.EqualTo(isTold));
        return isTold;
    }
}
