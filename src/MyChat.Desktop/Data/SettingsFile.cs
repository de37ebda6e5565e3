using System.Text.Json;
using MyChat.Client.Stores;
using MyChat.Ui.App;

namespace MyChat.Desktop.Data;

/// <summary>What the user set for this device.</summary>
internal sealed partial class SettingsFile(string file, ILogger<SettingsFile> logger)
{
    private readonly Lock _gate = new();

    /// <summary>As they were last loaded or saved.</summary>
    public DeviceSettings Current { get; private set; } = new();

    /// <summary>Reads them; a file that cannot be read is kept under another name, and the settings begin anew.</summary>
    public DeviceSettings Load()
    {
        lock (_gate)
        {
            try
            {
                var content = DataFolder.Read(file);
                Current = content is null ? new DeviceSettings() : JsonSerializer.Deserialize(content, DesktopJson.Default.DeviceSettings) ?? new();
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
            {
                Log.CannotLoad(logger, file, e.Message);
                SetAside();
            }

            return Current;
        }
    }

    /// <exception cref="StoreException">The disk is full, or the like; they are <see cref="Current"/> nevertheless.</exception>
    public void Save(DeviceSettings settings)
    {
        lock (_gate)
        {
            Current = settings;
            try
            {
                DataFolder.Write(file, JsonSerializer.SerializeToUtf8Bytes(settings, DesktopJson.Default.DeviceSettings));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StoreException(e.Message, isFull: false, e);
            }
        }
    }

    private void SetAside()
    {
        try
        {
            File.Move(file, file + ".damaged", overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.CannotLoad(logger, file, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The settings in {file} cannot be read: {reason}")]
        public static partial void CannotLoad(ILogger logger, string file, string reason);
    }
}
