namespace RuleCompiler.Tests.Generators;

/// <summary>Draws matches that few rule sets use, most of which a packet expression does not decide.</summary>
/// <remarks>Where a packet does not decide it, the evaluator has an outcome for either answer, and the kernel takes one of them.</remarks>
internal sealed class RandomRareMatch(Draw draw, RandomHost host)
{
    private int _limits;

    /// <param name="chain">Where the rule will stand.</param>
    /// <param name="protocol">What stands behind its <c>-p</c>; empty for none.</param>
    public string Text(RandomChain chain, string protocol) => draw.Between(0, 5) switch
    {
        0 => OfPast(),
        1 => OfMachine(chain),
        2 or 3 when host.IsV6 && draw.Chance(60) => OfExtensionHeader(),
        2 => OfPayload(),
        3 or 4 when OfHeader(protocol) is { } header => header,
        5 when chain.IsOnlyAt("PREROUTING") && chain.Table is "raw" or "mangle" =>
            $"-m rpfilter{Maybe(" --loose")}{Maybe(" --validmark")}{Maybe(" --accept-local")}{Maybe(" --invert")}",
        5 when host.IsV6 => OfExtensionHeader(),
        _ => $"-m physdev {draw.Not(50)}{draw.Pick($"--physdev-in {draw.Pick(host.Interfaces)}", "--physdev-is-in", "--physdev-is-bridged")}",
    };

    private string OfPast() => draw.Between(0, 8) switch
    {
        0 => $"-m limit --limit {draw.Pick("3/hour", "100/sec")} --limit-burst {draw.Between(1, 3)}",
        1 => $"-m statistic --mode random {draw.Not(25)}--probability {draw.Pick("0.50000000000", "0.00000000000", "1.00000000000")}",
        2 => $"-m statistic --mode nth {draw.Not(25)}--every 3 --packet {draw.Between(0, 2)}",
        3 => $"-m recent {draw.Not(25)}{draw.Pick("--set", "--rcheck", "--update --seconds 60", "--remove")} --name r{draw.Between(0, 2)} --mask {(host.IsV6 ? "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" : "255.255.255.255")} {draw.Pick("--rsource", "--rdest")}",
        4 => $"-m quota {draw.Not(25)}--quota {draw.Pick(0, 100, 100_000)}",
        5 => $"-m hashlimit {draw.Pick("--hashlimit-upto", "--hashlimit-above")} 1/min --hashlimit-burst 1 --hashlimit-mode {draw.Pick("srcip", "dstip", "srcip,dstport")} --hashlimit-name h{++_limits}",
        6 => $"-m connlimit {draw.Pick("--connlimit-upto", "--connlimit-above")} {draw.Between(0, 2)} --connlimit-mask {(host.IsV6 ? 128 : 32)} {draw.Pick("--connlimit-saddr", "--connlimit-daddr")}",
        7 => $"-m connbytes {draw.Not(25)}--connbytes {draw.Pick("0", "1", "100:1000")} --connbytes-mode {draw.Pick("packets", "bytes")} --connbytes-dir {draw.Pick("original", "reply", "both")}",
        _ => $"-m helper {draw.Not(25)}--helper ftp",
    };

    private string OfMachine(RandomChain chain) => draw.Between(0, 5) switch
    {
        0 => $"-m cpu {draw.Not(25)}--cpu {draw.Between(0, 1)}",
        1 => $"-m time --timestart {draw.Pick("00:00:00", "08:00:00")} --timestop {draw.Pick("12:00:00", "23:59:59")}",
        2 when chain.IsOnlyAt("PREROUTING", "INPUT", "FORWARD") => $"-m devgroup {draw.Not(25)}--src-group 0x{draw.Between(0, 2)}",
        3 when !host.IsV6 && chain.IsOnlyAt("INPUT", "FORWARD", "OUTPUT", "POSTROUTING") => $"-m realm {draw.Not(25)}--realm 0x{draw.Between(0, 2)}",
        4 => $"-m cluster --cluster-total-nodes 2 {draw.Not(25)}--cluster-local-nodemask 0x0000000{draw.Between(1, 3)} --cluster-hash-seed 0x00000007",
        _ => $"-m connlabel {draw.Not(25)}--label {draw.Between(0, 127)}",
    };

    private string OfPayload() => draw.Between(0, 3) switch
    {
        0 => $"-m u32 {draw.Not(25)}--u32 \"{draw.Pick("0x0&0xff=0x0:0x40", "0x8>>0x10&0xff=0x6", "0x4&0xff00=0x0")}\"",
        1 => $"-m string {draw.Not(25)}--string {draw.Pick("GET", "x")} --algo {draw.Pick("bm", "kmp")} --to {draw.Pick(100, 1500)}",
        2 => $"-m bpf --bytecode \"{draw.Pick("1,6 0 0 1", "1,6 0 0 0", "4,48 0 0 9,21 0 1 6,6 0 0 1,6 0 0 0")}\"",
        _ => $"-m ecn {draw.Not(25)}--ecn-ip-ect {draw.Between(0, 3)}",
    };

    /// <summary>A test of the header that the protocol brings; null where it has none.</summary>
    private string? OfHeader(string protocol) => protocol switch
    {
        "tcp" => draw.Pick(
            $"-m tcpmss {draw.Not(50)}--mss 500:1400",
            $"-m tcp {draw.Not(50)}--tcp-option {draw.Pick(2, 4, 8)}",
            $"-m ecn {draw.Not(50)}--ecn-tcp-{draw.Pick("cwr", "ece")}"),
        "esp" => $"-m esp {draw.Not(25)}--espspi {draw.Pick("1:500", "0:4294967295", "7")}",
        "sctp" => $"-m sctp {draw.Not(25)}--chunk-types {draw.Pick("any", "all", "only")} {draw.Pick("INIT", "DATA,INIT", "ABORT")}",
        _ => null,
    };

    private string OfExtensionHeader() => draw.Between(0, 6) switch
    {
        0 or 1 => $"-m ipv6header {draw.Not(25)}--header {draw.Pick("frag", "ipv6-nonxt", "hop-by-hop,ipv6-route", "prot", "hop,prot", "dst,prot", "frag,prot", "esp", "auth")}{Maybe(" --soft")}",
        2 => $"-m frag{draw.Pick("", " --fragid 0:4294967295", " --fragfirst", " --fragmore", " --fraglast")}",
        3 => $"-m rt{draw.Pick("", " --rt-type 0", " --rt-type 4", " --rt-segsleft 0:2")}",
        4 => $"-m {draw.Pick("hbh", "dst")}",
        5 => $"-m {draw.Pick("hbh --hbh-len", "dst --dst-len")} 8",
        _ => $"-m ah{draw.Pick("", " --ahspi 0:9", " --ahres")}",
    };

    private string Maybe(string option) => draw.Chance(25) ? option : "";
}
