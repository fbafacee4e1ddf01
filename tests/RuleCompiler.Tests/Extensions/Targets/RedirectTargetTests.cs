using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class RedirectTargetTests
{
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };

    [TestCase("-A OUTPUT -j REDIRECT", ExpectedResult = "Redirect Translate { Low = , High = , Ports = , BasePort = , Flags = None }")]
    [TestCase("-A OUTPUT -p tcp -j REDIRECT --to-ports 15001", ExpectedResult = "Redirect Translate { Low = , High = , Ports = (15001, 15001), BasePort = , Flags = None }")]
    [TestCase("-A PREROUTING -p udp -j REDIRECT --to-ports 42-1234 --random", ExpectedResult = "Redirect Translate { Low = , High = , Ports = (42, 1234), BasePort = , Flags = Random }")]
    public string Does(string rule) => TargetAssert.Action("nat", rule);

    [TestCase("-A OUTPUT -j REDIRECT", "-A OUTPUT -j REDIRECT")]
    [TestCase("-A OUTPUT -p tcp -j REDIRECT --to-port 80", "-A OUTPUT -p tcp -j REDIRECT --to-ports 80")]
    [TestCase("-A OUTPUT -p tcp -j REDIRECT --random --to-ports 42-42", "-A OUTPUT -p tcp -j REDIRECT --to-ports 42 --random")]
    [TestCase("-A OUTPUT -p tcp -j REDIRECT --to-ports ftp-data", "-A OUTPUT -p tcp -j REDIRECT --to-ports 20")]
    [TestCase("-A OUTPUT -p sctp -j REDIRECT --to-ports 0x50-81", "-A OUTPUT -p sctp -j REDIRECT --to-ports 80-81")]
    [TestCase("-A OUTPUT ! -p tcp -j REDIRECT --to-ports 42", "-A OUTPUT ! -p tcp -j REDIRECT --to-ports 42")]
    [TestCase("-A OUTPUT -p icmp -j REDIRECT --to-ports 42", "-A OUTPUT -p icmp -j REDIRECT --to-ports 42")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("nat", given, canonical);

    [TestCase("-A OUTPUT -j REDIRECT [|--to-ports|] 80", "IPT2040")]
    [TestCase("-A OUTPUT -p udplite -j REDIRECT [|--to-ports|] 80", "IPT2040")]
    [TestCase("-A OUTPUT -p tcp -j REDIRECT --to-ports [|65536|]", "IPT2013")]
    [TestCase("-A OUTPUT -p tcp -j REDIRECT --to-ports [|42:50|]", "IPT2013")]
    [TestCase("-A OUTPUT -p tcp -j REDIRECT --to-ports [|10-ssh|]", "IPT2013")]
    [TestCase("-A OUTPUT -p tcp -j REDIRECT --to-ports [|42-40|]", "IPT2012")]
    [TestCase("-A OUTPUT -p tcp -j REDIRECT --to-ports [|42-1234/567|]", "IPT2020")]
    [TestCase("-A OUTPUT -p tcp -j REDIRECT --to-ports 42 [|--to-ports|] 43", "IPT2052")]
    [TestCase("-A POSTROUTING -j [|REDIRECT|]", "IPT2004")]
    [TestCase("-A INPUT -j [|REDIRECT|]", "IPT2004")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("nat", rule, id);

    [TestCase("-A INPUT -j [|REDIRECT|]", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);

    [TestCase("-A OUTPUT -p tcp -j REDIRECT --to-ports 15001", "-A OUTPUT -p tcp -j REDIRECT --to-ports 15001")]
    public void Prints_in_IPv6(string given, string canonical) => TargetAssert.Prints("nat", given, canonical, IPv6);

    [TestCase("-A OUTPUT -p ipv6-icmp -j REDIRECT [|--to-ports|] 15001", "IPT2040")]
    public void Refuses_in_IPv6(string rule, string id) => TargetAssert.Reports("nat", rule, id, IPv6);
}
