using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles;

/// <summary>Packets with IPv6 extension headers, sent for real through a rule for each test of them.</summary>
internal sealed class LiveHeaderTests
{
    private static readonly string[] Matches =
    [
        "-m frag", "-m frag --fragfirst", "-m frag --fraglen 5", "-m frag ! --fragid 0:4294967295", "-m hbh", "-m dst", "-m rt", "-m ah",
        "-m ah ! --ahspi 0:4294967295", "-p esp -m esp", "-p ipcomp -m ipcomp --ipcompspi 0:65535 --compres", "-p tcp", "-p esp", "-p ah", "-p ipv6-nonxt",
        "-p udp -m udp --dport 53", "-p udp -m multiport --dports 53", "-m eui64",
        "-m ipv6header --header protocol", "-m ipv6header --header ipv6-frag,protocol", "-m ipv6header ! --header ipv6-frag,protocol",
        "-m ipv6header --header hop-by-hop,ipv6-opts,protocol", "-m ipv6header --header ipv6-frag --soft",
        "-m ipv6header ! --header ipv6-frag --soft", "-m ipv6header --header hop-by-hop,ipv6-opts --soft",
        "-m ipv6header ! --header hop-by-hop,ipv6-opts --soft", "-m ipv6header --header ipv6-nonxt", "-m ipv6header --header esp",
        "-m ipv6header --header ah,protocol", "-m ipv6header --header hop-by-hop", "-m ipv6header ! --header hop-by-hop",
        "-m ipv6header --header esp,protocol --soft", "-m ipv6header ! --header ipv6-route,protocol --soft",
    ];

    private static readonly string[] Headers =
        ["", "hop", "dst", "hop,dst", "route", "hop,route,dst", "frag", "hop,frag", "hop,dst,route,frag", "auth", "hop,auth", "frag,auth"];

    [Test]
    public void Every_test_of_them_sees_what_the_kernel_sees([Values(Flavour.Nft, Flavour.Legacy)] Flavour flavour, [Values] bool isTracking)
    {
        KernelTrace.Require();
        var host = $$"""{"interfaces":[{"name":"eth0","addresses":["fd00:1::1/64"]}],"conntrack":{{(isTracking ? "true" : "false")}}}""";
        var dump = $"*raw\n:PREROUTING ACCEPT [0:0]\n{string.Concat(Matches.Select(match => $"-A PREROUTING -i eth0 {match} -j LOG\n"))}COMMIT\n"
            + "*mangle\n:INPUT ACCEPT [0:0]\n-A INPUT -m ipv6header --header ipv6-frag --soft -j LOG\nCOMMIT\n";
        const string ends = "[fd00:1::ff:fe00:77] -> [fd00:1::1] in eth0 mac 02:00:00:00:00:77";
        List<string> packets =
        [
            .. Headers.Select(headers => $"udp {ends.Replace("]", "]:53", StringComparison.Ordinal)}{Clause(headers)}"),
            .. Headers.Where(headers => headers.Contains("frag", StringComparison.Ordinal) && !headers.EndsWith("auth", StringComparison.Ordinal))
                .SelectMany(headers => new[] { $"udp {ends} fragment{Clause(headers)}", $"esp {ends} fragment{Clause(headers)}" }),
            .. new[] { "", "hop", "dst", "frag" }.SelectMany(headers =>
                new[] { $"esp {ends}{Clause(headers)}", $"59 {ends}{Clause(headers)}", $"108 {ends}{Clause(headers)}" }),
            $"udp {ends} fragment",
        ];
        foreach (var some in packets.Chunk(8))
        {
            var found = OracleComparison.Find(new RandomCase("headers", true, host, dump, some) { Flavour = flavour });
            Assert.That(found?.ToString(), Is.Null);
        }
    }

    private static string Clause(string headers) => headers.Length == 0 ? "" : $" exthdr {headers}";
}
