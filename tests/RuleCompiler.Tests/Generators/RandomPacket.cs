using System.Text;

namespace RuleCompiler.Tests.Generators;

/// <summary>Draws packet expressions that a host could see and its rules are likely to meet.</summary>
internal sealed class RandomPacket(Draw draw, RandomHost host)
{
    private static readonly string[] OtherProtocols = ["sctp", "udplite", "gre", "esp", "200"];

    public string Text()
    {
        var protocol = draw.Between(0, 19) switch
        {
            < 11 => "tcp",
            < 16 => "udp",
            < 19 => host.IsV6 ? "icmpv6" : "icmp",
            _ => draw.Pick(OtherProtocols),
        };
        var text = new StringBuilder(protocol);
        var isArriving = draw.Chance(50);
        if (isArriving)
        {
            AppendArrival(text, protocol);
        }
        else
        {
            AppendDeparture(text, protocol);
        }

        AppendState(text, protocol, isArriving);
        AppendHeader(text, protocol, isFrame: isArriving);
        return text.ToString();
    }

    private void AppendArrival(StringBuilder text, string protocol)
    {
        if (draw.Chance(5))
        {
            AppendEnds(text, protocol, draw.Pick(host.Local), draw.Pick(host.Local));
            text.Append(" in lo");
            return;
        }

        var destination = draw.Between(0, 19) switch
        {
            < 12 => draw.Pick(host.Addresses),
            19 => host.IsV6 ? "ff02::1" : draw.Pick("255.255.255.255", "224.0.0.1", "224.0.0.5"),
            _ => draw.Pick(host.Remote),
        };
        AppendEnds(text, protocol, draw.Pick(host.Remote), destination);
        text.Append($" in {draw.Pick(host.Interfaces)}");
    }

    private void AppendDeparture(StringBuilder text, string protocol)
    {
        var destination = draw.Chance(50) ? draw.Pick(host.Local) : draw.Pick(host.Remote);
        var source = draw.Pick(host.Local.Contains(destination) ? host.Local : host.Addresses);
        AppendEnds(text, protocol, source, destination);
        if (draw.Chance(85))
        {
            text.Append($" uid {draw.Pick(host.Ids)} gid {draw.Pick(host.Ids)}");
            text.Append(draw.Chance(10) ? $" groups {draw.Pick(host.Ids)},{draw.Pick(host.Ids)}" : "");
        }
    }

    private void AppendEnds(StringBuilder text, string protocol, string source, string destination)
    {
        var hasPorts = protocol is "tcp" or "udp" or "sctp" or "udplite";
        text.Append($" {End(source, hasPorts ? draw.Between(1024, 65535) : null)}")
            .Append($" -> {End(destination, hasPorts ? Math.Clamp(host.AnyPort(), 1, 65535) : null)}");
    }

    private string End(string address, int? port) => port is null
        ? address
        : host.IsV6 ? $"[{address}]:{port}" : $"{address}:{port}";

    private void AppendState(StringBuilder text, string protocol, bool isArriving)
    {
        var isIcmp = protocol is "icmp" or "icmpv6";
        var state = draw.Between(0, 19) switch
        {
            < 14 => "NEW",
            < 16 when protocol is "tcp" or "udp" => "ESTABLISHED",
            16 when protocol == "tcp" || (isArriving && protocol == "udp") => "INVALID",
            17 or 18 => "UNTRACKED",
            19 or 15 when isIcmp && isArriving => "RELATED",
            _ => "NEW",
        };
        if (isIcmp)
        {
            text.Append(state == "RELATED" ? " type destination-unreachable" : " type echo-request");
        }

        if (state == "NEW")
        {
            return;
        }

        text.Append($" state {state}");
        if (protocol == "tcp")
        {
            text.Append(state switch
            {
                "ESTABLISHED" => " flags ACK",
                "INVALID" => " flags RST",
                _ => "",
            });
        }
    }

    private void AppendHeader(StringBuilder text, string protocol, bool isFrame)
    {
        var header = host.IsV6 ? 40 : 20;
        var shortest = protocol == "tcp" ? header + 20 : header + 56;
        text.Append($" length {(draw.Chance(60) ? shortest : draw.Between(shortest, 1400))}");
        if (draw.Chance(30))
        {
            text.Append($" ttl {draw.Pick(64, 63, 65, 128)}");
        }

        if (draw.Chance(20))
        {
            text.Append($" tos {draw.Pick("0x10", "0x08", "0xb8")}");
        }

        if (draw.Chance(25))
        {
            text.Append($" mark 0x{draw.Pick(host.Marks):x}");
        }

        if (isFrame)
        {
            text.Append($" mac 02:00:00:00:00:{draw.Pick("77", "78")}");
        }
    }
}
