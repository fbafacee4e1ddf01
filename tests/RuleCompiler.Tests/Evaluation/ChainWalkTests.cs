using NUnit.Framework;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class ChainWalkTests
{
    private const string Packet = "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0";

    [TestCase("-A INPUT -j A\n-A INPUT", ExpectedResult = "INPUT#1 INPUT#2 INPUT Accept", TestName = "Empty chain")]
    [TestCase("-A INPUT -j A\n-A INPUT\n-A A -j RETURN\n-A A", ExpectedResult = "INPUT#1 A#1 INPUT#2 INPUT Accept")]
    [TestCase("-A INPUT -g A\n-A INPUT\n-A A", ExpectedResult = "INPUT#1 A#1 INPUT Accept", TestName = "Goto from a base chain")]
    [TestCase("-A INPUT -j A\n-A INPUT\n-A A -g B\n-A A\n-A B", ExpectedResult = "INPUT#1 A#1 B#1 INPUT#2 INPUT Accept")]
    [TestCase("-A INPUT -j RETURN\n-A INPUT", ExpectedResult = "INPUT#1 INPUT Accept", TestName = "Return from a base chain")]
    [TestCase("-A INPUT -j A\n-A INPUT\n-A A -j ACCEPT", ExpectedResult = "INPUT#1 A#1 Accept")]
    [TestCase("-A INPUT -j NFQUEUE --queue-num 5\n-A INPUT", ExpectedResult = "INPUT#1 Queue")]
    [TestCase("-A INPUT -j NFQUEUE --queue-num 5 --queue-bypass\n-A INPUT", ExpectedResult = "INPUT#1 Accept")]
    public string Goes(string rules) => Traced.Path($"*filter\n:INPUT ACCEPT [0:0]\n:A - [0:0]\n:B - [0:0]\n{rules}\nCOMMIT\n", Packet);

    [TestCase("flags SYN", ExpectedResult = "INPUT#1 Stolen")]
    [TestCase("flags ACK,PSH", ExpectedResult = "INPUT#1 Drop")]
    [TestCase("flags SYN,ACK", ExpectedResult = "INPUT#1 INPUT#2 INPUT Accept")]
    [TestCase("flags RST", ExpectedResult = "INPUT#1 INPUT#2 INPUT Accept")]
    public string Synproxy_takes_handshakes(string flags) => Traced.Path(
        "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j SYNPROXY --mss 1460\n-A INPUT\nCOMMIT\n", $"{Packet} {flags}");

    [Test]
    public void Calls_may_be_deeper_than_the_first_stack()
    {
        var chains = Enumerable.Range(0, 40).Select(n => $":C{n} - [0:0]\n");
        var rules = Enumerable.Range(0, 39).Select(n => $"-A C{n} -j C{n + 1}\n");
        var dump = $"*filter\n:INPUT ACCEPT [0:0]\n{string.Concat(chains)}-A INPUT -j C0\n{string.Concat(rules)}-A C39 -j DROP\nCOMMIT\n";
        var legacy = new CompilationOptions { Flavour = Flavour.Legacy };
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)), legacy);

        var trace = new Evaluator(compilation, Family.IPv4, Traced.ReadHost(Traced.Host)).Trace(Traced.Packet(Packet)).Single();

        Assert.That(trace.Steps, Has.Length.EqualTo(41));
    }

    [TestCase(ActionKind.Jump)]
    [TestCase(ActionKind.Goto)]
    public void Circle_is_an_error(ActionKind kind)
    {
        var inputChain = new ChainSymbol("INPUT", 0, TableKind.Filter, Hook.Input);
        var input = new DecisionTable(inputChain, [new Row(0, 0, kind, 1, 1, 1)]);
        var user = new DecisionTable(new ChainSymbol("A", 1, TableKind.Filter, null), [new Row(0, 0, kind, 1, 1, 2)]);
        var baseChains = new DecisionTable?[25];
        baseChains[((int)TableKind.Filter * 5) + (int)Hook.Input] = input;
        var rules = new CompiledRuleset
        {
            Family = Family.IPv4,
            Flavour = Flavour.Nft,
            DeclaredTables = [TableKind.Filter],
            Tables = [input, user],
            Predicates = [],
            PredicateReferences = [],
            Actions = [],
            Services = KernelServices.None,
            Classifiers = new FieldClassifier?[64],
            BaseChains = baseChains,
        };

        Assert.Throws<EvaluationLimitException>(
            () => new Evaluator(rules, Traced.ReadHost(Traced.Host)).Trace(Traced.Packet(Packet)));
    }
}
