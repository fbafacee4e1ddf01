using NUnit.Framework;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Binding;

internal sealed class NameSuggestionsTests
{
    [TestCase("-A INPTU -j DROP", "INPUT")]
    [TestCase("-A INPUT -j RETRUN", "RETURN")]
    [TestCase("-A INPUT -j accept", "ACCEPT")]
    [TestCase("-A INPUT -j KUBE-SERVICE", "KUBE-SERVICES")]
    [TestCase("-A INPUT -g KUBE-SERVCES", "KUBE-SERVICES")]
    [TestCase("-A INPUT -m ownr --uid-owner 5 -j DROP", "owner")]
    [TestCase("-A INPUT -p tcp --dprt 80 -j DROP", "--dport")]
    [TestCase("-A INPUT -m conntrack --ctproto tcp --cstate NEW -j DROP", "--ctstate")]
    [TestCase("-A INPUT --sorce 10.0.0.1 -j DROP", "--source")]
    [TestCase("-A INPUT ACCEPT", "-j ACCEPT")]
    [TestCase("-A INPUT KUBE-SERVICES", "-j KUBE-SERVICES")]
    [TestCase("-A INPUT -p tpc --dport 80 -j DROP", "tcp")]
    public void Misspelt_name(string rule, string meant) => Assert.That(MessageOf(rule), Does.EndWith($"; did you mean '{meant}'?"));

    [TestCase("-A INPUT -j SOMEWHERE")]
    [TestCase("-A INPUT -g DROPP")]
    [TestCase("-A INPUT -m geoip --source-country NO -j DROP")]
    [TestCase("-A INPUT -p tcp --colour blue -j DROP")]
    public void Name_that_is_like_no_other(string rule) => Assert.That(MessageOf(rule), Does.Not.Contain("did you mean"));

    [TestCase("*fliter")]
    [TestCase("*nta")]
    public void Misspelt_table(string header) =>
        Assert.That(Messages($"{header}\n:INPUT ACCEPT [0:0]\nCOMMIT\n").Single(), Does.Contain("did you mean"));

    [TestCase("-A INPUT -p tcp --dport 80,443 -j DROP", "; '-m multiport' takes several ports")]
    [TestCase("-A INPUT -p tcp --dport 80-90 -j DROP", "; a range is written '80:90'")]
    [TestCase("-A INPUT -m owner --uid-owner 1 -j DROP", "; only in OUTPUT")]
    public void Message_says_what_to_write(string rule, string hint) => Assert.That(MessageOf(rule), Does.EndWith(hint));

    [Test]
    public void A_dump_that_is_wrong_in_every_line_gets_a_few_suggestions()
    {
        var rules = string.Concat(Enumerable.Repeat("-A INPUT -j RETRUN\n", 1000));

        var messages = Messages($"*filter\n:INPUT ACCEPT [0:0]\n{rules}COMMIT\n");

        Assert.That(messages.Count(message => message.Contains("did you mean", StringComparison.Ordinal)), Is.InRange(10, 100));
    }

    private static string MessageOf(string rule) =>
        Messages($"*filter\n:INPUT ACCEPT [0:0]\n:KUBE-SERVICES - [0:0]\n{rule}\nCOMMIT\n").Single();

    private static IEnumerable<string> Messages(string dump) =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From(dump))).Diagnostics.Select(diagnostic => diagnostic.Message);
}
