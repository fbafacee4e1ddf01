using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Packets;

internal sealed class HostFactsJsonTests
{
    [Test]
    public void All_that_a_host_can_say()
    {
        var host = HostAssert.Read("""
            {
              // the pod of the article
              "interfaces": [
                {"name": "eth0", "addresses": ["10.244.1.7/24", "fd00:1::7/64"], "mac": "02:00:00:00:00:01"} ],
              "routes": [
                {"destination": "default", "via": "10.244.1.1", "interface": "eth0"},
                {"destination": "10.9.0.0/16", "interface": "eth0"},
                {"destination": "10.10.0.0/16", "type": "blackhole"},
                {"destination": "default", "type": "local", "interface": "lo", "table": 133} ],
              "rules": [ {"mark": "0x539", "table": 133}, {"mark": "0x1/0xff", "table": 100} ],
              "sets": [ {"name": "s", "type": "hash:ip,port", "family": "inet6", "members": ["fd00::1,tcp:80"]} ],
              "sockets": [ {"protocol": "tcp", "address": "0.0.0.0", "port": 15006, "transparent": true} ],
              "forwarding": false, "conntrack": false,
            }
            """);

        Assert.Multiple(() =>
        {
            Assert.That(host.Interfaces.Select(i => i.Name), Is.EqualTo(new[] { "lo", "eth0" }));
            Assert.That(host.Interfaces[1].Addresses.Select(a => a.ToString()), Is.EqualTo(new[] { "10.244.1.7/24", "fd00:1::7/64" }));
            Assert.That(host.Routes[0].Family, Is.EqualTo(Family.IPv4));
            Assert.That(host.Routes[2].RejectType, Is.EqualTo("blackhole"));
            Assert.That(host.Routes[3], Is.EqualTo(new HostRoute(null, null, null, "lo", true, 133)));
            Assert.That(host.Rules, Is.EqualTo(new[] { new HostRule(MaskedNumber.Exact(0x539), 133), new HostRule(new(1, 0xff), 100) }));
            Assert.That(host.Sets.Single().Members, Is.EqualTo(new[] { "fd00::1,tcp:80" }));
            Assert.That(host.Sockets.Single(), Is.EqualTo(new HostSocket(6, new(Family.IPv4, 0), 15006, true)));
            Assert.That((host.Forwarding, host.Conntrack, host.IsInferred), Is.EqualTo((false, false, false)));
        });
    }

    [Test]
    public void An_empty_object_is_a_host_with_nothing_but_lo()
    {
        var host = HostAssert.Read("{}");

        Assert.That(host.Interfaces.Single(), Is.EqualTo(HostInterface.Loopback));
        Assert.That(host is { Forwarding: true, Conntrack: true });
    }

    [Test]
    public void A_byte_order_mark_is_no_problem() => HostAssert.Read("\uFEFF{}");

    [TestCase("{|IPT5102:7|}")]
    [TestCase("{} {|IPT5101:x|}")]
    [TestCase("{|IPT5101:|}")]
    [TestCase("{\"interfaces\": [{|IPT5105:{|}}, {|IPT5102:5|}]}")]
    [TestCase("{\"interfaces\": [{\"name\": {|IPT5104:\"sixteencharacter\"|}, \"mac\": {|IPT5104:\"02:00\"|}}]}")]
    [TestCase("{\"routes\": [{\"destination\": {|IPT5104:\"10.0.0\"|}, \"via\": {|IPT5104:\"gw\"|}, \"type\": {|IPT5104:\"nat\"|}}]}")]
    [TestCase("{\"rules\": [{\"mark\": {|IPT5104:\"abc\"|}, \"table\": {|IPT5102:-1|}}]}")]
    [TestCase("{\"sockets\": [{\"protocol\": {|IPT5104:\"tpc\"|}, \"address\": \"::\", \"port\": {|IPT5102:65536|}, \"transparent\": {|IPT5102:1|}}]}")]
    [TestCase("{\"sets\": [{\"name\": \"s\", \"type\": {|IPT5104:\"hash:ipport\"|}}], {|IPT5107:\"sets\"|}: []}")]
    [TestCase("{{|IPT5103:\"interface\"|}: [{\"a\": [1, 2]}], \"forwarding\": {|IPT5102:\"no\"|}}")]
    public void Problems_are_all_reported_where_they_stand(string markup) => HostAssert.Reports(markup);

    [Test]
    public void A_warning_leaves_the_facts() =>
        Assert.That(HostFactsJson.Read(SourceText.From("""{"hostname": "x"}""")).Facts, Is.Not.Null);
}
