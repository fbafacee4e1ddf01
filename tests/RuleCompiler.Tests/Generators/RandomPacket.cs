using System.Net;
using System.Text;

namespace RuleCompiler.Tests.Generators;

/// <summary>Draws packet expressions that a host could see and its rules are likely to meet.</summary>
internal sealed class RandomPacket(Draw draw, PacketStock stock)
{
    private string OtherProtocol => draw.Pick("sctp", "udplite", "dccp", "gre", "esp", "ipcomp", stock.IsV6 ? "mh" : "ah", "200", "99");

    public string Text()
    {
        var protocol = draw.Between(0, 19) switch
        {
            < 11 => "tcp",
            < 16 => "udp",
            < 19 => stock.IsV6 ? "icmpv6" : "icmp",
            _ => OtherProtocol,
        };
        var text = new StringBuilder(protocol);
        var isArriving = draw.Chance(50);
        var isFragment = isArriving && !stock.IsTracking && draw.Chance(20);
        var header = isFragment ? "" : protocol; // what rules can read of it
        if (isArriving)
        {
            AppendArrival(text, header, isForwarded: isFragment && !stock.IsV6);
        }
        else
        {
            AppendDeparture(text, header);
        }

        if (isFragment)
        {
            text.Append(" fragment");
        }
        else if (stock.IsTracking)
        {
            AppendState(text, protocol, isArriving);
        }

        var more = AppendExtensionHeaders(text, isFragment) + (header == "tcp" && draw.Chance(15) ? AppendOptions(text) : 0);
        AppendHeader(text, protocol, more, isFrame: isArriving, isMarked: !isFragment || stock.IsV6);
        return text.ToString();
    }

    /// <summary>A port of the stock, its neighbour, or any.</summary>
    private int AnyPort() => draw.Between(0, 9) switch
    {
        < 7 => draw.Pick(stock.Ports),
        7 => draw.Pick(stock.Ports) + 1,
        8 => draw.Pick(stock.Ports) - 1,
        _ => draw.Between(1, 65535),
    };

    /// <param name="text">The expression so far.</param>
    /// <param name="protocol">What of it rules can read.</param>
    /// <param name="isForwarded">Whether it goes to others: a fragment to this host waits for its neighbours, and no event says so.</param>
    private void AppendArrival(StringBuilder text, string protocol, bool isForwarded)
    {
        var destination = draw.Between(0, 19) switch
        {
            _ when isForwarded => draw.Pick(stock.Remote),
            < 12 => draw.Pick(stock.Addresses),
            19 => stock.IsV6 ? GroupV6() : draw.Pick("255.255.255.255", "224.0.0.1", "224.0.0.5"),
            _ => draw.Pick(stock.Remote),
        };
        AppendEnds(text, protocol, draw.Pick(stock.Remote), destination);
        text.Append($" in {draw.Pick(stock.Interfaces)}");
    }

    /// <summary>A group of all, of routers, of others, or that of who asks for one of the host's addresses.</summary>
    private string GroupV6() => draw.Between(0, 4) switch
    {
        0 => "ff02::1",
        1 => "ff02::2",
        2 => draw.Pick("ff02::fb", "ff05::1:3", "ff0e::7"),
        _ => SolicitedNode(draw.Pick(stock.Addresses)),
    };

    private static string SolicitedNode(string address)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        return $"ff02::1:ff{bytes[13]:x2}:{(bytes[14] << 8) | bytes[15]:x}";
    }

    private void AppendDeparture(StringBuilder text, string protocol)
    {
        var destination = draw.Chance(50) ? draw.Pick(stock.Local) : draw.Pick(stock.Remote);
        var source = draw.Pick(stock.Local.Contains(destination) ? stock.Local : stock.Addresses);
        AppendEnds(text, protocol, source, destination);
        if (draw.Chance(85))
        {
            text.Append($" uid {draw.Pick(stock.Ids)} gid {draw.Pick(stock.Ids)}");
            text.Append(draw.Chance(10) ? $" groups {draw.Pick(stock.Ids)},{draw.Pick(stock.Ids)}" : "");
        }
    }

    private void AppendEnds(StringBuilder text, string protocol, string source, string destination)
    {
        var hasPorts = protocol is "tcp" or "udp" or "sctp" or "udplite" or "dccp";
        text.Append($" {End(source, hasPorts ? draw.Between(1024, 65535) : null)}")
            .Append($" -> {End(destination, hasPorts ? Math.Clamp(AnyPort(), 1, 65535) : null)}");
    }

    private string End(string address, int? port) => port is null
        ? address
        : stock.IsV6 ? $"[{address}]:{port}" : $"{address}:{port}";

    private void AppendState(StringBuilder text, string protocol, bool isArriving)
    {
        var isIcmp = protocol is "icmp" or "icmpv6";
        var state = draw.Between(0, 19) switch
        {
            < 14 => "NEW",
            < 16 when protocol is "tcp" or "udp" => "ESTABLISHED",
            16 when (protocol == "tcp" || (isArriving && protocol == "udp")) && (stock.HasBrokenPackets || !isArriving) => "INVALID",
            17 or 18 => "UNTRACKED",
            19 or 15 when isIcmp && isArriving => "RELATED",
            _ => "NEW",
        };
        if (isIcmp)
        {
            text.Append(state switch
            {
                "RELATED" => $" type {(stock.IsV6 ? draw.Pick("destination-unreachable", "1/0", "1/4", "2/0", "3/0") : draw.Pick("destination-unreachable", "3/3", "3/0", "11/0", "5/1"))}",
                "UNTRACKED" when stock.IsV6 && isArriving => $" type {draw.Pick(130, 133, 134, 135, 136, 143)}", // never tracked
                "NEW" when !stock.IsV6 && draw.Chance(20) => $" type {draw.Pick(13, 17)}",
                _ => draw.Chance(10) ? $" type {(stock.IsV6 ? "128/4" : "8/4")}" : " type echo-request",
            });
        }

        if (state == "NEW")
        {
            text.Append(protocol == "tcp" && draw.Chance(12) ? $" flags {draw.Pick("SYN,ECE,CWR", "SYN,ECE,CWR", "ACK", "PSH,ACK")}" : "");
            return;
        }

        text.Append($" state {state}");
        text.Append(state == "ESTABLISHED" && draw.Chance(30) ? " dir reply" : "");
        if (protocol == "tcp")
        {
            text.Append(state switch
            {
                "ESTABLISHED" => $" flags {draw.Pick("ACK", "ACK", "PSH,ACK", "FIN,ACK", "URG,ACK")}",
                "INVALID" => $" flags {draw.Pick("RST", "NONE", "SYN,FIN", "FIN,PSH,URG")}",
                "UNTRACKED" when draw.Chance(50) => $" flags {draw.Pick("ACK", "RST,ACK", "SYN,ACK", "FIN", "URG", "NONE", "SYN,FIN")}",
                _ => "",
            });
        }
    }

    /// <returns>How many bytes they take.</returns>
    private int AppendExtensionHeaders(StringBuilder text, bool isFragment)
    {
        var headers = isFragment && stock.IsV6 ? draw.Pick("frag", "hop,frag")
            : stock.HasHeaders && draw.Chance(30) ? draw.Pick("hop", "dst", "hop,dst", "route", "frag", "dst,frag", "auth")
            : "";
        text.Append(headers.Length == 0 ? "" : $" exthdr {headers}");
        return headers.Length == 0 ? 0 : headers.Split(',').Sum(name => name == "auth" ? 24 : 8);
    }

    /// <returns>How many bytes the options take.</returns>
    private int AppendOptions(StringBuilder text)
    {
        switch (draw.Between(0, 2))
        {
            case 0:
                text.Append($" options 2 mss {draw.Pick(400, 1000, 1460)}");
                return 4;
            case 1:
                text.Append($" options 2,4,8 mss {draw.Pick(400, 1000, 1460)}");
                return 16;
            default:
                text.Append(" options 8");
                return 12;
        }
    }

    /// <param name="text">The expression so far.</param>
    /// <param name="protocol">What it carries.</param>
    /// <param name="moreBytes">The length of headers that are drawn already.</param>
    /// <param name="isFrame">Whether it comes in a frame.</param>
    /// <param name="isMarked">Whether it may bear a mark: a host's rule by mark may keep what else would be forwarded.</param>
    private void AppendHeader(StringBuilder text, string protocol, int moreBytes, bool isFrame, bool isMarked)
    {
        var header = stock.IsV6 ? 40 : 20;
        var shortest = protocol == "tcp" ? header + 20 + moreBytes : header + 56 + moreBytes;
        text.Append($" length {(draw.Chance(60) || protocol == "udplite" ? shortest : draw.Between(shortest, 1400))}");
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
            var mark = draw.Pick(stock.Marks);
            text.Append(isMarked ? $" mark 0x{mark:x}" : "");
        }

        if (isFrame)
        {
            text.Append($" mac 02:00:00:00:00:{draw.Pick("77", "78")}");
        }
    }
}
