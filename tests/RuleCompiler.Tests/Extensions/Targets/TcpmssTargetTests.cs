using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class TcpmssTargetTests
{
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };
    private static readonly CompilationOptions Legacy = new() { Flavour = Flavour.Legacy };

    [TestCase("-A FORWARD -p tcp -j TCPMSS --set-mss 1400", ExpectedResult = "Continue LowerSegmentSize { Text = --set-mss 1400, Size = 1400 }")]
    [TestCase("-A FORWARD -p tcp -j TCPMSS --clamp-mss-to-pmtu", ExpectedResult = "Continue LowerSegmentSize { Text = --clamp-mss-to-pmtu, Size =  }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule);

    [TestCase("-A FORWARD -p tcp -j TCPMSS --set-mss 65515", "-A FORWARD -p tcp -j TCPMSS --set-mss 65515")]
    [TestCase("-A POSTROUTING -p tcp -j TCPMSS --clamp-mss-to-pmtu", "-A POSTROUTING -p tcp -j TCPMSS --clamp-mss-to-pmtu")]
    [TestCase("-A FORWARD -p tcp -j TCPMSS --set-mss 5 --clamp-mss-to-pmtu", "-A FORWARD -p tcp -j TCPMSS --clamp-mss-to-pmtu")]
    [TestCase("-A INPUT -p tcp -j TCPMSS --set-mss 1", "-A INPUT -p tcp -j TCPMSS --set-mss 1")]
    [TestCase("-A FORWARD -p tcp -j TCPMSS --clamp-mss-to-pmtu --set-mss 5", "-A FORWARD -p tcp -j TCPMSS --set-mss 5")]
    [TestCase("-A FORWARD -p tcp -j TCPMSS --set-mss 5 --clamp-mss-to-pmtu", "-A FORWARD -p tcp -j TCPMSS --clamp-mss-to-pmtu")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical);

    [TestCase("-A FORWARD -p tcp -j [|TCPMSS|]", "IPT2053")]
    [TestCase("-A FORWARD -p tcp -j TCPMSS --set-mss [|65516|]", "IPT2011")]
    [TestCase("-A FORWARD -j [|TCPMSS|] --set-mss 1400", "IPT2055")]
    [TestCase("-A FORWARD ! -p tcp -j [|TCPMSS|] --set-mss 1400", "IPT2055")]
    [TestCase("-A FORWARD -p udp -j [|TCPMSS|] --set-mss 1400", "IPT2055")]
    [TestCase("-A INPUT -p tcp -j [|TCPMSS|] --clamp-mss-to-pmtu", "IPT2004")]
    [TestCase("-A PREROUTING -p tcp -j [|TCPMSS|] --clamp-mss-to-pmtu", "IPT2004")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id);

    [TestCase("-A FORWARD -p tcp -j TCPMSS --set-mss 65495", "-A FORWARD -p tcp -j TCPMSS --set-mss 65495")]
    public void Prints_in_IPv6(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical, IPv6);

    [TestCase("-A FORWARD -p tcp -j TCPMSS --set-mss [|65496|]", "IPT2011")]
    public void Refuses_in_IPv6(string rule, string id) => TargetAssert.Reports("mangle", rule, id, IPv6);

    [TestCase("-A FORWARD -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1400", "-A FORWARD -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1400")]
    [TestCase("-A FORWARD -p tcp -m tcp --tcp-flags SYN,ACK SYN,ACK -j TCPMSS --set-mss 1400", "-A FORWARD -p tcp -m tcp --tcp-flags SYN,ACK SYN,ACK -j TCPMSS --set-mss 1400")]
    public void Prints_in_legacy(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical, Legacy);

    [TestCase("-A FORWARD -p tcp -j [|TCPMSS|] --set-mss 1400", "IPT2045")]
    [TestCase("-A FORWARD -p tcp -m tcp ! --syn -j [|TCPMSS|] --set-mss 1400", "IPT2045")]
    [TestCase("-A FORWARD -p tcp -m tcp --tcp-flags ALL ACK -j [|TCPMSS|] --set-mss 1400", "IPT2045")]
    public void Refuses_in_legacy(string rule, string id) => TargetAssert.Reports("mangle", rule, id, Legacy);
}
