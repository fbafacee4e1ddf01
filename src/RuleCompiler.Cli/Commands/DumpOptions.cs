using System.CommandLine;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Cli.Commands;

/// <summary>The options that go with every command that reads a dump.</summary>
internal sealed class DumpOptions
{
    private readonly Option<string> _family = new Option<string>("--family")
    {
        HelpName = "ipv4|ipv6",
        Description = "Family of all sections; else each section's header and rules tell",
    }.AcceptOnlyFromAmong("ipv4", "ipv6");

    private readonly Option<string> _flavour = new Option<string>("--flavour")
    {
        HelpName = "nft|legacy",
        Description = "Kernel back end, where the header does not tell; else nft",
    }.AcceptOnlyFromAmong("nft", "legacy");

    private readonly Option<string> _table = new Option<string>("--table")
    {
        HelpName = "TABLE",
        Description = "Table of rules that do not name theirs (iptables -S); else filter",
    }.AcceptOnlyFromAmong("raw", "mangle", "nat", "filter", "security");

    public void AddTo(Command command)
    {
        command.Add(_family);
        command.Add(_flavour);
        command.Add(_table);
    }

    public CompilationOptions Read(ParseResult arguments) => new()
    {
        Family = arguments.GetValue(_family) switch
        {
            "ipv4" => Family.IPv4,
            "ipv6" => Family.IPv6,
            _ => null,
        },
        Flavour = arguments.GetValue(_flavour) switch
        {
            "nft" => Flavour.Nft,
            "legacy" => Flavour.Legacy,
            _ => null,
        },
        Table = arguments.GetValue(_table) is { } table ? NetfilterNames.FindTable(table) : null,
    };
}
