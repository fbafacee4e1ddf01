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
        0 => OfPast(chain),
        1 => OfMachine(chain),
        2 or 3 when host.IsV6 && draw.Chance(60) => OfExtensionHeader(),
        2 => OfPayload(),
        3 or 4 when OfHeader(chain, protocol) is { } header => header,
        5 when chain.IsOnlyAt("PREROUTING") && chain.Table is "raw" or "mangle" =>
            $"-m rpfilter{Maybe(" --loose")}{Maybe(" --validmark")}{Maybe(" --accept-local")}{Maybe(" --invert")}",
        5 when host.IsV6 && chain.IsOnlyAt("PREROUTING", "INPUT", "FORWARD") && draw.Chance(40) => "-m eui64",
        5 when host.IsV6 => OfExtensionHeader(),
        _ => $"-m physdev {draw.Not(50)}{PhysicalDevice(chain)}",
    };

    private string OfPast(RandomChain chain) => draw.Between(0, 10) switch
    {
        9 => "-m nfacct --nfacct-name a0",
        10 when chain.Table == host.EstimatedTable =>
            $"-m rateest {draw.Pick("--rateest q", "--rateest-delta --rateest q")} --rateest-{draw.Pick("lt", "gt", "eq")} --rateest-{draw.Pick("bps", "pps")} {draw.Pick("0", "1")}",
        0 => $"-m limit --limit {draw.Pick("3/hour", "100/sec")} --limit-burst {draw.Between(1, 3)}",
        1 => $"-m statistic --mode random {draw.Not(25)}--probability {draw.Pick("0.50000000000", "0.00000000000", "1.00000000000")}",
        2 => $"-m statistic --mode nth {draw.Not(25)}--every 3 --packet {draw.Between(0, 2)}",
        3 => $"-m recent {draw.Not(25)}{draw.Pick("--set", "--rcheck", "--update --seconds 60 --hitcount 2", "--remove")} --name r{draw.Between(0, 2)} --mask {(host.IsV6 ? "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" : "255.255.255.255")} {draw.Pick("--rsource", "--rdest")}",
        4 => $"-m quota {draw.Not(25)}--quota {draw.Pick(0, 100, 100_000)}",
        5 => $"-m hashlimit {draw.Pick("--hashlimit-upto", "--hashlimit-above")} 1/min --hashlimit-burst 1{Maybe(" --hashlimit-srcmask 24")} --hashlimit-mode {draw.Pick("srcip", "dstip", "srcip,dstport")} --hashlimit-name h{++_limits}",
        6 => $"-m connlimit {draw.Pick("--connlimit-upto", "--connlimit-above")} {draw.Between(0, 2)} --connlimit-mask {(host.IsV6 ? 128 : 32)} {draw.Pick("--connlimit-saddr", "--connlimit-daddr")}",
        7 => $"-m connbytes {draw.Not(25)}--connbytes {draw.Pick("0", "1", "100:1000")} --connbytes-mode {draw.Pick("packets", "bytes")} --connbytes-dir {draw.Pick("original", "reply", "both")}",
        _ => $"-m helper {draw.Not(25)}--helper ftp",
    };

    private string OfMachine(RandomChain chain) => draw.Between(0, 9) switch
    {
        0 => $"-m cpu {draw.Not(25)}--cpu {draw.Between(0, 1)}",
        1 => $"-m time --timestart {draw.Pick("00:00:00", "08:00:00")} --timestop {draw.Pick("12:00:00", "23:59:59")}",
        2 when chain.IsOnlyAt("PREROUTING", "INPUT", "FORWARD") => $"-m devgroup {draw.Not(25)}--src-group 0x{draw.Between(0, 2)}",
        6 when chain.IsOnlyAt("FORWARD", "OUTPUT", "POSTROUTING") => $"-m devgroup {draw.Not(25)}--dst-group 0x{draw.Between(0, 2)}",
        7 when chain.IsOnlyAt("PREROUTING", "INPUT", "FORWARD") => $"-m policy --dir in {draw.Pick("--pol none", "--pol ipsec", "--pol ipsec --strict --proto esp")}",
        7 when chain.IsOnlyAt("OUTPUT", "POSTROUTING") => $"-m policy --dir out {draw.Pick("--pol none", "--pol ipsec", "--pol ipsec --mode tunnel")}",
        8 when chain.IsOnlyAt("INPUT", "OUTPUT", "POSTROUTING") => $"-m cgroup {draw.Not(25)}--cgroup {draw.Between(0, 2)}",
        9 => $"-m time {draw.Pick("--weekdays Mon,Tue,Wed", "--monthdays 1,2,30", "--datestart 2030-01-01T00:00:00")}",
        3 when !host.IsV6 && chain.IsOnlyAt("INPUT", "FORWARD", "OUTPUT", "POSTROUTING") => $"-m realm {draw.Not(25)}--realm 0x{draw.Between(0, 2)}",
        4 => $"-m cluster --cluster-total-nodes 2 {draw.Not(25)}--cluster-local-nodemask 0x0000000{draw.Between(1, 3)} --cluster-hash-seed 0x00000007",
        _ => $"-m connlabel {draw.Not(25)}--label {draw.Between(0, 127)}{Maybe(" --set")}",
    };

    private string OfPayload() => draw.Between(0, 3) switch
    {
        0 => $"-m u32 {draw.Not(25)}--u32 \"{draw.Pick("0x0&0xff=0x0:0x40", "0x8>>0x10&0xff=0x6", "0x4&0xff00=0x0")}\"",
        1 => $"-m string {draw.Not(25)}--{draw.Pick("string GET", "string x", "hex-string |0000|")} --algo {draw.Pick("bm", "kmp")} --to {draw.Pick(100, 1500)}{Maybe(" --icase")}",
        2 => $"-m bpf --bytecode \"{draw.Pick("1,6 0 0 1", "1,6 0 0 0", "4,48 0 0 9,21 0 1 6,6 0 0 1,6 0 0 0")}\"",
        _ => $"-m ecn {draw.Not(25)}--ecn-ip-ect {draw.Between(0, 3)}",
    };

    /// <summary>A test of the header that the protocol brings; null where it has none.</summary>
    private string? OfHeader(RandomChain chain, string protocol) => protocol switch
    {
        "tcp" when !host.IsV6 && chain.IsOnlyAt("PREROUTING", "INPUT", "FORWARD") && draw.Chance(25) =>
            $"-m osf {draw.Not(50)}--genre Linux --ttl {draw.Between(0, 2)}",
        "tcp" => draw.Pick(
            $"-m tcpmss {draw.Not(50)}--mss 500:1400",
            $"-m tcp {draw.Not(50)}--tcp-option {draw.Pick(2, 4, 8)}",
            $"-m ecn {draw.Not(50)}--ecn-tcp-{draw.Pick("cwr", "ece")}"),
        "dccp" => $"-m dccp {draw.Not(25)}{draw.Pick("--dccp-types REQUEST,RESPONSE", "--dccp-types CLOSE", "--dccp-option 1")}",
        "ah" => $"-m ah {draw.Not(25)}--ahspi {draw.Pick("1:500", "0:4294967295", "0")}",
        "ipcomp" => $"-m ipcomp {draw.Not(25)}--ipcompspi {draw.Pick("1:500", "0:65535", "0")}{Maybe(" --compres")}",
        "mh" => $"-m mh {draw.Not(25)}--mh-type {draw.Pick("0", "1:3", "0:255")}",
        "esp" => $"-m esp {draw.Not(25)}--espspi {draw.Pick("1:500", "0:4294967295", "7")}",
        "sctp" => $"-m sctp {draw.Not(25)}--chunk-types {draw.Pick("any", "all", "only")} {draw.Pick("INIT", "DATA,INIT", "ABORT", "DATA:UBE")}",
        _ => null,
    };

    /// <remarks>Of what leaves, only what the bridge forwards has a port to leave by: the tool refuses others in OUTPUT.</remarks>
    private string PhysicalDevice(RandomChain chain) => chain.IsOnlyAt("FORWARD", "POSTROUTING") && draw.Chance(40)
        ? draw.Pick($"--physdev-out {draw.Pick(host.Interfaces)}", "--physdev-is-out")
        : draw.Pick($"--physdev-in {draw.Pick(host.Interfaces)}", "--physdev-is-in", "--physdev-is-bridged");

    private string OfExtensionHeader() => draw.Between(0, 7) switch
    {
        0 or 1 => $"-m ipv6header {draw.Not(25)}--header {draw.Pick("frag", "ipv6-nonxt", "hop-by-hop,ipv6-route", "prot", "hop,prot", "dst,prot", "frag,prot", "esp", "auth")}{Maybe(" --soft")}",
        2 => $"-m frag{draw.Pick("", " --fragid 0:4294967295", " --fragfirst", " --fragmore", " --fraglast", " --fraglen 8")}",
        3 => $"-m rt{draw.Pick("", " --rt-type 0", " --rt-type 4", " --rt-segsleft 0:2", " --rt-len 8")}",
        4 => $"-m {draw.Pick("hbh", "dst")}",
        7 => $"-m srh{draw.Pick("", $" {draw.Not(50)}--srh-next-hdr 6", " --srh-segs-left-lt 5")}",
        5 => $"-m {draw.Pick("hbh --hbh-len", "dst --dst-len")} 8",
        _ => $"-m ah{draw.Pick("", " --ahspi 0:9", " --ahres", " --ahlen 24", " ! --ahlen 24")}",
    };

    private string Maybe(string option) => draw.Chance(25) ? option : "";
}
