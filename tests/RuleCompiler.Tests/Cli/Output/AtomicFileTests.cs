using NUnit.Framework;
using RuleCompiler.Cli.Output;

namespace RuleCompiler.Tests.Cli.Output;

internal sealed class AtomicFileTests
{
    [Test]
    public void The_old_content_stays_until_the_new_one_is_whole()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("file", "old");
        using (var file = new AtomicFile(path))
        {
            file.Stream.Write("new"u8);
            Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
            file.Commit();
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo("new"));
    }

    [Test]
    public void A_new_file_appears()
    {
        using var folder = new TemporaryFolder();
        using (var file = new AtomicFile(folder.PathOf("file")))
        {
            file.Stream.Write("new"u8);
            file.Commit();
        }

        Assert.That(File.ReadAllText(folder.PathOf("file")), Is.EqualTo("new"));
    }

    [Test]
    public void Nothing_is_left_of_a_file_that_was_not_committed()
    {
        using var folder = new TemporaryFolder();
        using (var file = new AtomicFile(folder.PathOf("file")))
        {
            file.Stream.Write("half"u8);
        }

        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_link_stays_a_link_and_the_mode_stays()
    {
        using var folder = new TemporaryFolder();
        var target = folder.Write("target", "old");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(target, mode);
        }
        var link = folder.PathOf("link");
        File.CreateSymbolicLink(link, target);
        using (var file = new AtomicFile(link))
        {
            file.Stream.Write("new"u8);
            file.Commit();
        }

        Assert.Multiple(() =>
        {
            Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo(target));
            Assert.That(File.ReadAllText(target), Is.EqualTo("new"));
            Assert.That(new FileInfo(target).UnixFileMode, Is.EqualTo(mode));
        });
    }

    [Test]
    public void A_folder_cannot_be_written()
    {
        using var folder = new TemporaryFolder();

        Assert.That(() => new AtomicFile(folder.Path), Throws.InstanceOf<IOException>());
    }
}
