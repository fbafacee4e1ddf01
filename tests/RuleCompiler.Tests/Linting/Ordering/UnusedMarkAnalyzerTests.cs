using NUnit.Framework;
using RuleCompiler.Linting;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class UnusedMarkAnalyzerTests
{
    private const string Id = "IPT3014";

    [TestCase(":PREROUTING ACCEPT [0:0]\n[|-A PREROUTING -j MARK --set-mark 1|]\n-A PREROUTING -j MARK --set-mark 2", TestName = "The next rule writes another")]
    [TestCase(":FORWARD ACCEPT [0:0]\n[|-A FORWARD -p tcp -m tcp --dport 80 -j MARK --set-mark 1|]\n-A FORWARD -p udp -j ACCEPT\n-A FORWARD -p tcp -j MARK --set-mark 2", TestName = "A rule for more packets does")]
    [TestCase(":INPUT ACCEPT [0:0]\n:M - [0:0]\n[|-A INPUT -p tcp -j MARK --set-xmark 0x1/0x1|]\n-A INPUT -j M\n-A M -p tcp -j MARK --set-xmark 0x0/0x3", TestName = "A called chain does, by bits")]
    [TestCase(":INPUT ACCEPT [0:0]\n[|-A INPUT -j MARK --set-mark 1|]\n-A INPUT -p tcp -j MARK --set-mark 2\n-A INPUT ! -p tcp -j MARK --set-mark 3", TestName = "Of two rules each does for some")]
    [TestCase(":OUTPUT ACCEPT [0:0]\n[|-A OUTPUT -j MARK --set-mark 1|]\n-A OUTPUT -j MARK --set-mark 2", TestName = "Before OUTPUT routes anew")]
    public void Is_written_over(string rules) => FindingAssert.Reports($"*mangle\n{rules}\nCOMMIT\n", Id);

    [TestCase(":PREROUTING ACCEPT [0:0]\n-A PREROUTING -j MARK --set-mark 1", TestName = "The route reads it")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 1\n-A INPUT -p tcp -j MARK --set-mark 2", TestName = "Some packets keep it")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 1\n-A INPUT -m mark --mark 1 -j DROP\n-A INPUT -j MARK --set-mark 2", TestName = "A rule asks for it")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 1\n-A INPUT -j CONNMARK --save-mark\n-A INPUT -j MARK --set-mark 2", TestName = "The connection's mark keeps it")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-xmark 0x1/0x1\n-A INPUT -j MARK --set-xmark 0x2/0x2", TestName = "Other bits are written")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 1\n-A INPUT -m limit --limit 5/sec -j MARK --set-mark 2", TestName = "At times it is kept")]
    public void Is_read(string rules) => FindingAssert.ReportsNothing($"*mangle\n{rules}\nCOMMIT\n", Id);

    private const string Onward = "*mangle\n:FORWARD ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n";
    private const string Set = "-A FORWARD -j MARK --set-mark 1";
    private const string SetAgain = "-A POSTROUTING -j MARK --set-mark 2\n";

    [TestCase(Onward + "[|" + Set + "|]\n" + SetAgain + "COMMIT", TestName = "Behind FORWARD comes POSTROUTING")]
    [TestCase(Onward + "[|-A FORWARD -m conntrack --ctstate NEW -j MARK --set-xmark 0x1/0x3|]\n-A POSTROUTING -j CONNMARK --restore-mark --nfmask 0x3 --ctmask 0x3\nCOMMIT", TestName = "A connection's mark is restored")]
    [TestCase(Onward + "[|" + Set + "|]\n" + SetAgain + "COMMIT\n*filter\n:FORWARD DROP [0:0]\n-A FORWARD -p tcp -j ACCEPT\nCOMMIT", TestName = "Nobody reads the mark of what is dropped")]
    [TestCase("*filter\n:OUTPUT ACCEPT [0:0]\n[|-A OUTPUT -j MARK --set-mark 1|]\nCOMMIT\n*mangle\n:POSTROUTING ACCEPT [0:0]\n" + SetAgain + "COMMIT", TestName = "Routing has been before it was set")]
    [TestCase(Onward + "[|" + Set + "|]\n" + SetAgain + "-A POSTROUTING -m mark --mark 1 -j DROP\nCOMMIT", TestName = "It is asked for too late")]
    public void Is_written_over_in_the_next_hook(string dump) => FindingAssert.Reports(dump + "\n", Id);

    [TestCase(Onward + Set + "\n-A POSTROUTING -m set --match-set a src -j ACCEPT\n" + SetAgain + "COMMIT\n", TestName = "Some packets keep it in POSTROUTING")]
    [TestCase(Onward + Set + "\n" + SetAgain + "COMMIT\n*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD -m mark --mark 1 -j ACCEPT\nCOMMIT", TestName = "filter asks for it")]
    [TestCase(Onward + Set + "\n-A POSTROUTING -j CONNMARK --save-mark\n" + SetAgain + "COMMIT", TestName = "The connection's mark keeps it behind")]
    [TestCase(Onward + Set + "\n" + SetAgain + "COMMIT\n*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD -j REJECT\nCOMMIT", TestName = "The answer of a REJECT may have it")]
    [TestCase(Onward + Set + "\n-A FORWARD -j LOG\n" + SetAgain + "COMMIT", TestName = "A log shows it")]
    [TestCase(Onward + Set + "\n-A FORWARD -j TEE --gateway 192.0.2.1\n" + SetAgain + "COMMIT", TestName = "A copy is routed by it")]
    [TestCase(Onward + Set + "\n-A FORWARD -m bpf --bytecode \"1,6 0 0 1\" -j DROP\n" + SetAgain + "COMMIT", TestName = "A program may load it")]
    [TestCase(Onward + Set + "\n-A FORWARD -m set --match-set a src,src -j DROP\n" + SetAgain + "COMMIT", TestName = "A set may hold it")]
    [TestCase("*mangle\n:PREROUTING ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n-A PREROUTING -j MARK --set-mark 1\n" + SetAgain + "COMMIT", TestName = "Routing may ask for it")]
    [TestCase("*mangle\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n-A OUTPUT -j MARK --set-mark 1\n" + SetAgain + "COMMIT", TestName = "Behind mangle OUTPUT is routed anew")]
    [TestCase("*mangle\n:INPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 1\n" + SetAgain + "COMMIT", TestName = "What is delivered here goes nowhere else")]
    public void Is_read_before_the_next_hook_writes_over_it(string dump) => FindingAssert.ReportsNothing(dump + "\n", Id);

    [TestCase("FORWARD", "", ExpectedResult = 0, TestName = "Packets for this host keep it")]
    [TestCase("INPUT", "", ExpectedResult = 0, TestName = "Packets that are passed on keep it")]
    [TestCase("INPUT FORWARD", "", ExpectedResult = 1, TestName = "No rule of the host asks for marks")]
    [TestCase("INPUT POSTROUTING", "", ExpectedResult = 1, TestName = "Further behind")]
    [TestCase("INPUT FORWARD", "{ \"mark\": \"0x1/0x1\", \"table\": 100 }", ExpectedResult = 0, TestName = "A rule of the host asks for it")]
    [TestCase("INPUT FORWARD", "{ \"mark\": \"0x100/0x100\", \"table\": 100 }", ExpectedResult = 1, TestName = "One asks for other bits")]
    public int Is_written_over_behind_routing(string hooks, string rules)
    {
        var writers = hooks.Split(' ');
        var dump = "*mangle\n:PREROUTING ACCEPT [0:0]\n" + string.Concat(writers.Select(hook => $":{hook} ACCEPT [0:0]\n"))
            + "-A PREROUTING -j MARK --set-xmark 0x1/0x3\n" + string.Concat(writers.Select(hook => $"-A {hook} -j MARK --set-xmark 0x2/0x3\n")) + "COMMIT\n";
        var options = Linted.WithHost($"\"interfaces\": [{{ \"name\": \"eth0\", \"addresses\": [\"192.0.2.1/24\"] }}], \"rules\": [{rules}]");
        var found = Linter.Run(Linted.Compile(dump), options).Findings.Where(finding => finding.Id == Id).ToList();

        Assert.That(found.Select(finding => (finding.Location.Start.Line, finding.Given.Length)), Is.All.EqualTo((writers.Length + 3, 1)));
        return found.Count;
    }

    [Test]
    public void Takes_the_place_of_being_redundant_and_names_who_writes_over_it()
    {
        var finding = FindingAssert.Reports(
            "*mangle\n:INPUT ACCEPT [0:0]\n{|IPT3014:-A INPUT -p tcp -j MARK --set-mark 1|}\n-A INPUT -j MARK --set-mark 2\nCOMMIT\n", "IPT3005").Single();

        Assert.That(finding.Because.Select(cause => cause.RuleNumber), Is.EqualTo(new int?[] { 2 }));
    }
}
