using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class BpfMatchTests
{
    [TestCase("-m bpf --bytecode \"1,6 0 0 65535\"", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m bpf --bytecode \"4,48 0 0 9,21 0 1 6,6 0 0 1,6 0 0 0\"", "-m bpf --bytecode \"4,48 0 0 9,21 0 1 6,6 0 0 1,6 0 0 0\"")]
    [TestCase("-m bpf --bytecode \" 1,  6 0 0  1,\"", "-m bpf --bytecode \"1,6 0 0 1\"")]
    [TestCase("-m bpf --object-pinned /sys/fs/bpf/prog_x", "-m bpf --object-pinned /sys/fs/bpf/prog_x")]
    [TestCase("-m bpf --bytecode \"+1,65542 256 0 0x1\"", "-m bpf --bytecode \"1,6 0 0 0\"")]
    [TestCase("-m bpf --bytecode \"2,6 0 0 1x,6 0 0 -1 x,\"", "-m bpf --bytecode \"2,6 0 0 1,6 0 0 4294967295\"")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m bpf --bytecode [|foo|]", "IPT2020")]
    [TestCase("-m bpf --bytecode [|\"2,6 0 0 65535\"|]", "IPT2020")]
    [TestCase("-m [|bpf|]", "IPT2053")]
    [TestCase("-m bpf --bytecode \"1,6 0 0 1\" [|--object-pinned|] x", "IPT2054")]
    [TestCase("-m bpf --object-pinned [|\"\"|]", "IPT2020")]
    [TestCase("-m bpf --bytecode [|\"1x,6 0 0 1\"|]", "IPT2020")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
