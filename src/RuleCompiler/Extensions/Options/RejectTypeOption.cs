using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Options;

/// <summary>How REJECT answers. Any beginning of a name or of its short form will do; the first that fits is meant.</summary>
/// <remarks>Source: extensions/libipt_REJECT.c and libip6t_REJECT.c, <c>reject_table</c>, in their order.</remarks>
internal sealed class RejectTypeOption(string name) : OptionSpec<string>(name)
{
    private static readonly ImmutableArray<(string Name, string Short)> IPv4Types =
    [
        ("icmp-net-unreachable", "net-unreach"), ("icmp-host-unreachable", "host-unreach"),
        ("icmp-proto-unreachable", "proto-unreach"), ("icmp-port-unreachable", "port-unreach"),
        ("icmp-net-prohibited", "net-prohib"), ("icmp-host-prohibited", "host-prohib"),
        (TcpReset, "tcp-rst"), ("icmp-admin-prohibited", "admin-prohib"),
    ];

    private static readonly ImmutableArray<(string Name, string Short)> IPv6Types =
    [
        ("icmp6-no-route", "no-route"), ("icmp6-adm-prohibited", "adm-prohibited"),
        ("icmp6-addr-unreachable", "addr-unreach"), ("icmp6-port-unreachable", "port-unreach"),
        (TcpReset, TcpReset), ("icmp6-policy-fail", "policy-fail"), ("icmp6-reject-route", "reject-route"),
    ];

    /// <summary>The answer that only TCP has.</summary>
    public const string TcpReset = "tcp-reset";

    /// <summary>The answer where a rule does not say.</summary>
    public static string Default(Family family) =>
        family == Family.IPv4 ? "icmp-port-unreachable" : "icmp6-port-unreachable";

    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out string? value)
    {
        var text = reader.Text();
        var types = reader.Family == Family.IPv4 ? IPv4Types : IPv6Types;
        foreach (var (known, shortForm) in types)
        {
            if (known.StartsWith(text, StringComparison.OrdinalIgnoreCase)
                || shortForm.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            {
                value = known;
                return true;
            }
        }
        value = null;
        return reader.Fail(OptionDiagnostics.UnknownKeyword, text, string.Join(", ", types.Select(t => t.Name)));
    }

    protected override void WriteValue(string value, RuleTextWriter writer) => writer.Word(value);
}
