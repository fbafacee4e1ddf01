using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Binding;

namespace RuleCompiler.Tests.Symbols;

internal sealed class TableSymbolTests
{
    [Test]
    public void Table_knows_its_line_and_its_chains()
    {
        var tables = BoundDump.Bind("*nat\n:OUTPUT ACCEPT\nCOMMIT\n\n*filter\n:A - [0:0]\n-A INPUT -j A\nCOMMIT\n").TableSymbols;

        Assert.That(
            tables.Select(table => $"{table} {table.Family} {table.Line}: {string.Join(' ', table.Chains)}"),
            Is.EqualTo(new[] { "nat IPv4 1: nat:OUTPUT", "filter IPv4 5: filter:INPUT filter:A" }));
    }

    [Test]
    public void Table_of_command_lines_begins_at_the_first_that_names_it() => Assert.That(
        BoundDump.Bind("iptables -A INPUT -j DROP\niptables -t nat -N X\niptables -t nat -N Y\n").TableSymbols
            .Select(table => (table.Kind, table.Line)),
        Is.EqualTo(new[] { (TableKind.Filter, 1), (TableKind.Nat, 2) }));
}
